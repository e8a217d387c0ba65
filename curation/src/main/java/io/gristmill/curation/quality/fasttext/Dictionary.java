package io.gristmill.curation.quality.fasttext;

import io.gristmill.curation.quality.ModelInput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Words and labels of a model, and how a text becomes rows of its input matrix. */
final class Dictionary {
  private static final byte[] END_OF_LINE = "</s>".getBytes(StandardCharsets.UTF_8);
  private static final byte[] LABEL_PREFIX = "__label__".getBytes(StandardCharsets.UTF_8);
  private static final int ABSENT = -1;
  private static final int NOT_PRUNED = -1;

  private final Shape shape;
  private final int words;
  private final byte[] pool;
  private final int[] ends;
  private final int[] table;
  private final List<String> labels;
  private final long[] labelCounts;
  private final int pruned;
  private final Map<Integer, Integer> kept;

  private Dictionary(
      Shape shape,
      int words,
      byte[] pool,
      int[] ends,
      List<String> labels,
      long[] labelCounts,
      int pruned,
      Map<Integer, Integer> kept) {
    this.shape = shape;
    this.words = words;
    this.pool = pool;
    this.ends = ends;
    this.labels = labels;
    this.labelCounts = labelCounts;
    this.pruned = pruned;
    this.kept = kept;
    this.table = table();
  }

  static Dictionary read(ModelInput in, Shape shape) {
    int size = in.count(in.int32("dictionary size"), 10, "dictionary size");
    int words = in.int32("words");
    int labels = in.int32("labels");
    in.int64("tokens");
    long pruned = in.int64("pruned features");
    if (words < 0 || labels < 1 || words + (long) labels != size) {
      throw in.wrong(
          "dictionary size",
          size,
          "must be %d words and %d labels, at least one; copy the file again"
              .formatted(words, labels));
    }
    var pool = new ByteArrayOutputStream();
    int[] ends = new int[size];
    var names = new ArrayList<String>();
    long[] counts = new long[labels];
    for (int i = 0; i < size; i++) {
      int from = pool.size();
      for (int next = in.uint8("dictionary entry");
          next != 0;
          next = in.uint8("dictionary entry")) {
        pool.write(next);
      }
      ends[i] = pool.size();
      long count = in.int64("dictionary entry's count");
      int type = in.uint8("dictionary entry's type");
      if (type != (i < words ? 0 : 1)) {
        throw in.wrong("dictionary entry's type", type, "words come first (0), then labels (1)");
      }
      if (i >= words) {
        names.add(new String(pool.toByteArray(), from, ends[i] - from, StandardCharsets.UTF_8));
        counts[i - words] = count;
      }
    }
    var kept = new HashMap<Integer, Integer>();
    if (pruned > 0) {
      int pairs = in.count(pruned, 8, "pruned features");
      for (int i = 0; i < pairs; i++) {
        int feature = in.int32("pruned feature");
        int row = in.int32("pruned feature's row");
        if (row < 0 || row >= pairs) {
          throw in.wrong("pruned feature's row", row, "must be below %d".formatted(pairs));
        }
        kept.put(feature, row);
      }
    }
    int state = pruned < 0 ? NOT_PRUNED : (int) pruned;
    return new Dictionary(shape, words, pool.toByteArray(), ends, names, counts, state, kept);
  }

  /** Labels with their prefix, in the order of the output matrix. */
  List<String> labels() {
    return labels;
  }

  /** How often each label was seen in training. */
  long[] labelCounts() {
    return labelCounts;
  }

  boolean isPruned() {
    return pruned >= 0;
  }

  /** Rows of the input matrix that features can name. */
  long rows() {
    return words + (isPruned() ? (long) pruned : shape.buckets());
  }

  /**
   * The features of a text: line ends are spaces, as everybody who asks fastText of documents makes
   * them, and one end of line comes last.
   */
  Features features(byte[] text) {
    var features = new Features();
    var hashes = new Hashes();
    int at = 0;
    while (at < text.length) {
      if (isSpace(text[at])) {
        at++;
        continue;
      }
      int from = at;
      while (at < text.length && !isSpace(text[at])) {
        at++;
      }
      add(text, from, at, features, hashes);
      if (equal(text, from, at, END_OF_LINE)) {
        return withWordRuns(features, hashes); // the library reads no further either
      }
    }
    add(END_OF_LINE, 0, END_OF_LINE.length, features, hashes);
    return withWordRuns(features, hashes);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r') || b == 0;
  }

  private void add(byte[] text, int from, int to, Features features, Hashes hashes) {
    int hash = hash(text, from, to);
    int id = find(text, from, to, hash);
    boolean isLabel = id == ABSENT ? startsWith(text, from, to, LABEL_PREFIX) : id >= words;
    if (isLabel) {
      return;
    }
    hashes.add(hash);
    if (id != ABSENT) {
      features.add(id);
    }
    if (shape.maxCharacters() > 0 && !equal(text, from, to, END_OF_LINE)) {
      addCharacterRuns(text, from, to, features);
    }
  }

  /** Runs of characters of {@code <word>}. */
  private void addCharacterRuns(byte[] text, int from, int to, Features features) {
    byte[] word = new byte[to - from + 2];
    word[0] = '<';
    System.arraycopy(text, from, word, 1, to - from);
    word[word.length - 1] = '>';
    for (int i = 0; i < word.length; i++) {
      if (continues(word[i])) {
        continue;
      }
      int hash = 0x811C9DC5;
      int j = i;
      for (int n = 1; j < word.length && n <= shape.maxCharacters(); n++) {
        do {
          hash = hashed(hash, word[j++]);
        } while (j < word.length && continues(word[j]));
        if (n >= shape.minCharacters() && !(n == 1 && (i == 0 || j == word.length))) {
          addBucket((hash & 0xFFFFFFFFL) % shape.buckets(), features);
        }
      }
    }
  }

  private Features withWordRuns(Features features, Hashes hashes) {
    for (int i = 0; i < hashes.count; i++) {
      long hash = hashes.values[i]; // widened with its sign, as the library does
      for (int j = i + 1; j < hashes.count && j < i + shape.wordNgrams(); j++) {
        hash = hash * 116049371L + hashes.values[j];
        addBucket(Long.remainderUnsigned(hash, shape.buckets()), features);
      }
    }
    return features;
  }

  private void addBucket(long bucket, Features features) {
    if (pruned == 0) {
      return;
    }
    if (pruned == NOT_PRUNED) {
      features.add(words + (int) bucket);
      return;
    }
    Integer row = kept.get((int) bucket);
    if (row != null) {
      features.add(words + row);
    }
  }

  private int[] table() {
    int[] slots = new int[Integer.highestOneBit(Math.max(1, ends.length)) * 4];
    Arrays.fill(slots, ABSENT);
    for (int i = 0; i < ends.length; i++) {
      int slot = hash(pool, start(i), ends[i]) & (slots.length - 1);
      while (slots[slot] != ABSENT) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = i;
    }
    return slots;
  }

  private int start(int entry) {
    return entry == 0 ? 0 : ends[entry - 1];
  }

  private int find(byte[] text, int from, int to, int hash) {
    for (int slot = hash & (table.length - 1); ; slot = (slot + 1) & (table.length - 1)) {
      int id = table[slot];
      if (id == ABSENT || Arrays.equals(text, from, to, pool, start(id), ends[id])) {
        return id;
      }
    }
  }

  /** FNV-1a over signed bytes. */
  private static int hash(byte[] text, int from, int to) {
    int hash = 0x811C9DC5;
    for (int i = from; i < to; i++) {
      hash = hashed(hash, text[i]);
    }
    return hash;
  }

  private static int hashed(int hash, byte next) {
    return (hash ^ next) * 16777619;
  }

  private static boolean continues(byte b) {
    return (b & 0xC0) == 0x80;
  }

  private static boolean equal(byte[] text, int from, int to, byte[] other) {
    return Arrays.equals(text, from, to, other, 0, other.length);
  }

  private static boolean startsWith(byte[] text, int from, int to, byte[] prefix) {
    return to - from >= prefix.length && equal(text, from, from + prefix.length, prefix);
  }

  /** Rows of the input matrix, in the order in which they are added. */
  static final class Features {
    int[] rows = new int[256];
    int count;

    void add(int row) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, count * 2);
      }
      rows[count++] = row;
    }
  }

  private static final class Hashes {
    int[] values = new int[256];
    int count;

    void add(int hash) {
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      values[count++] = hash;
    }
  }
}
