package io.gristmill.curation.quality.ngram;

import io.gristmill.curation.quality.ModelInput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Reads KenLM's binary files, format 5, of the data structure {@code probing} (the usual one, that
 * of CCNet's models).
 */
final class KenLmFile {
  private static final String MAGIC = "mmap lm http://kheafield.com/code format version ";
  private static final int VERSION_BYTES = 56 - 49;
  private static final int LONGEST = 16;
  private static final String[] STRUCTURES = {
    "probing", "rest costs", "trie", "quantised trie", "array trie", "quantised array trie"
  };

  private final ModelInput in;
  private final int order;
  private final float multiplier;
  private final WordTable table;

  private KenLmFile(ModelInput in, int order, float multiplier) {
    this.in = in;
    this.order = order;
    this.multiplier = multiplier;
    this.table = new WordTable(order);
  }

  /** Whether a file begins as KenLM's do. */
  static boolean isOne(Path path, Configuration hadoop) {
    try (ModelInput in = ModelInput.open(path, hadoop)) {
      byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
      return in.left() >= magic.length
          && Arrays.equals(in.bytes(magic.length, "magic words"), magic);
    }
  }

  static WordTable read(Path path, Configuration hadoop) {
    try (ModelInput in = ModelInput.open(path, hadoop)) {
      return read(in);
    }
  }

  static WordTable read(ModelInput in) {
    in.skip(MAGIC.length(), "magic words");
    int version = in.uint8("version") - '0';
    if (version != 5) {
      throw in.wrong("version", version, "must be 5; build the file again from its ARPA file");
    }
    in.skip(VERSION_BYTES - 1, "magic words");
    in.skip(12 + 4, "test values");
    int largest = in.int32("largest word");
    if (largest != -1) {
      throw in.wrong("largest word", largest, "must be -1; the file is of another machine");
    }
    in.skip(4 + 8, "test values");
    int order = in.uint8("order");
    in.skip(3, "order");
    float multiplier = in.float32("probing multiplier");
    int structure = in.int32("model type");
    in.skip(4, "vocabulary flag");
    in.skip(4, "search version");
    if (order < 2 || order > LONGEST) {
      throw in.wrong("order", order, "must be 2 to %d; copy the file again".formatted(LONGEST));
    }
    if (structure != 0) {
      throw in.wrong(
          "model type",
          structure,
          "(%s); only probing is read: 'build_binary probing model.arpa model.bin' makes it, or name the ARPA file"
              .formatted(
                  structure > 0 && structure < STRUCTURES.length
                      ? STRUCTURES[structure]
                      : "not known"));
    }
    if (!(multiplier >= 1)) {
      throw in.wrong(
          "probing multiplier", (long) multiplier, "must be 1 or more; copy the file again");
    }
    return new KenLmFile(in, order, multiplier).table();
  }

  private WordTable table() {
    long[] counts = new long[order];
    for (int i = 0; i < order; i++) {
      counts[i] = in.int64("count of %d-grams".formatted(i + 1));
    }
    in.skip(-in.position() & 7, "padding");
    words(counts[0]);
    int unigrams = in.count(counts[0] + 1, 8, "words");
    table.reserve(1, unigrams);
    for (int word = 0; word < unigrams; word++) {
      float probability = -Math.abs(in.float32("1-gram"));
      float backoff = in.float32("1-gram");
      if (word < counts[0]) { // KenLM leaves room for one more
        table.put(1, word, probability, backoff);
      }
    }
    for (int words = 2; words < order; words++) {
      String what = "%d-gram".formatted(words);
      table.reserve(words, counts[words - 1]);
      for (long left = buckets(counts[words - 1], 16, what); left > 0; left--) {
        long key = in.int64(what);
        float probability = -Math.abs(in.float32(what)); // the sign says something else
        float backoff = in.float32(what);
        if (key != 0) {
          table.put(words, key, probability, backoff);
        }
      }
    }
    String what = "%d-gram".formatted(order);
    table.reserve(order, counts[order - 1]);
    for (long left = buckets(counts[order - 1], 12, what); left > 0; left--) {
      long key = in.int64(what);
      float probability = -Math.abs(in.float32(what));
      if (key != 0) {
        table.put(order, key, probability, 0);
      }
    }
    return table; // the words as strings may follow
  }

  private void words(long count) {
    int version = in.int32("vocabulary version");
    if (version != 0) {
      throw in.wrong("vocabulary version", version, "must be 0; build the file again");
    }
    in.int32("words");
    for (long left = buckets(count, 12, "word"); left > 0; left--) {
      long hash = in.int64("word");
      int number = in.int32("word");
      if (hash != 0) {
        if (number < 0 || number >= count) {
          throw in.wrong("word", number, "must be below %d; copy the file again".formatted(count));
        }
        table.number(hash, number);
      }
    }
  }

  /** Slots of a table, KenLM's single-precision arithmetic included. */
  private long buckets(long entries, int bytes, String what) {
    long buckets = Math.max(entries + 1, (long) (multiplier * (float) entries));
    return in.count(buckets, bytes, "slots for %ss".formatted(what));
  }
}
