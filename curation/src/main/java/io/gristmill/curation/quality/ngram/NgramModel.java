package io.gristmill.curation.quality.ngram;

import io.gristmill.curation.quality.ModelInput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Our own model of one language: n-grams with modified Kneser-Ney probabilities, and the
 * perplexities that documents have. Threads may share one; each {@link Scoring} is one thread's.
 *
 * <p>The file, little-endian: {@code GMNGRAM1}; the language (a byte of length, UTF-8); order
 * (int32); log10 of an unknown word's probability (float32); 99 percentiles of the perplexity
 * (float32); the number of slots (int32), and the slots (int64).
 */
public final class NgramModel {
  /** Ends the name of such a file. */
  public static final String SUFFIX = ".ngrams";

  /** Percentiles that a model knows: the 1st to the 99th. */
  static final int PERCENTILES = 99;

  /** The word before a line. */
  static final long BEGIN = 1;

  private static final byte[] MAGIC = "GMNGRAM1".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_WORDS = 16;

  private final String language;
  private final CompactTable table;
  private final float[] percentiles;

  NgramModel(String language, CompactTable table, float[] percentiles) {
    this.language = language;
    this.table = table;
    this.percentiles = percentiles;
  }

  /**
   * Reads a model.
   *
   * @throws IllegalArgumentException naming file and byte if it is none, damaged or cut short
   */
  public static NgramModel read(Path path, Configuration hadoop) {
    try (ModelInput in = ModelInput.open(path, hadoop)) {
      return read(in);
    }
  }

  static NgramModel read(ModelInput in) {
    byte[] magic = in.bytes(MAGIC.length, "magic number");
    if (!Arrays.equals(magic, MAGIC)) {
      throw in.wrong(
          "magic number",
          ByteBuffer.wrap(magic).getLong(),
          "must spell GMNGRAM1; train-perplexity writes such files");
    }
    byte[] language = in.bytes(in.uint8("language"), "language");
    int order = in.int32("order");
    if (order < 1 || order > MOST_WORDS) {
      throw in.wrong("order", order, "must be 1 to %d; copy the file again".formatted(MOST_WORDS));
    }
    float unknown = in.float32("unknown word");
    float[] percentiles = new float[PERCENTILES];
    in.floats(percentiles, 0, PERCENTILES, "percentiles");
    int count = in.int32("slots");
    long[] slots = new long[in.count(count, Long.BYTES, "slots")];
    in.longs(slots, "slots");
    if (Arrays.stream(slots).noneMatch(slot -> slot == 0)) {
      throw in.wrong("slots", count, "none of them free; copy the file again");
    }
    in.end();
    return new NgramModel(
        new String(language, StandardCharsets.UTF_8),
        new CompactTable(order, unknown, slots),
        percentiles);
  }

  /** Writes the file. */
  public void write(OutputStream to) throws IOException {
    byte[] name = language.getBytes(StandardCharsets.UTF_8);
    long[] slots = table.slots();
    ByteBuffer head =
        ByteBuffer.allocate(MAGIC.length + 1 + name.length + 4 * (PERCENTILES + 3))
            .order(ByteOrder.LITTLE_ENDIAN);
    head.put(MAGIC).put((byte) name.length).put(name).putInt(table.order());
    head.putFloat(table.unknown());
    for (float percentile : percentiles) {
      head.putFloat(percentile);
    }
    head.putInt(slots.length);
    var out = new DataOutputStream(to);
    out.write(head.array());
    ByteBuffer part = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (long slot : slots) {
      part.putLong(slot);
      if (!part.hasRemaining()) {
        out.write(part.array());
        part.clear();
      }
    }
    out.write(part.array(), 0, part.position());
    out.flush();
  }

  /** The language that it was trained on, a tag such as documents have. */
  public String language() {
    return language;
  }

  /** How many n-grams it has, of all lengths. */
  public long ngrams() {
    return Arrays.stream(table.slots()).filter(slot -> slot != 0).count();
  }

  CompactTable table() {
    return table;
  }

  /** The same n-grams with other percentiles. */
  NgramModel withPercentiles(float[] others) {
    return new NgramModel(language, table, others);
  }

  /** The perplexities below which 1, 2, … 99 of 100 documents are. */
  public float[] percentiles() {
    return percentiles.clone();
  }

  /**
   * How many of 100 documents have a lower perplexity, 0 to 99; with a fraction between the
   * percentiles that are known.
   */
  public double percentile(double perplexity) {
    int at = 0;
    while (at < PERCENTILES && percentiles[at] <= perplexity) {
      at++;
    }
    if (at == 0 || at == PERCENTILES) {
      return at;
    }
    double below = percentiles[at - 1];
    return at + (perplexity - below) / (percentiles[at] - below);
  }

  /** Begins to measure texts. */
  public Scoring scoring() {
    return new Scoring(table);
  }

  /** What one thread measures with. */
  public static final class Scoring {
    private final BackoffWalk walk;

    Scoring(NgramTable table) {
      walk = new BackoffWalk(table);
    }

    /**
     * 10 to the power of minus the mean log10 probability of words and ends of lines, as CCNet has
     * it; nothing for a text without words.
     */
    public OptionalDouble perplexity(String text) {
      WordHashes words = WordHashes.of(text);
      if (words.count() == 0) {
        return OptionalDouble.empty();
      }
      double sum = 0;
      walk.begin(BEGIN);
      for (int i = 0; i < words.count(); i++) {
        sum += walk.next(words.at(i));
        if (words.at(i) == WordHashes.LINE_END && i + 1 < words.count()) {
          walk.begin(BEGIN);
        }
      }
      return OptionalDouble.of(Math.pow(10, -sum / words.count()));
    }
  }
}
