package io.gristmill.curation.text;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.BytesTrie;
import com.ibm.icu.util.CharsTrie;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Words of a run of Han characters, the same ones that ICU4J's word {@link BreakIterator} finds and
 * by the same dictionary: the cut whose words cost least, where a word of the dictionary costs what
 * it says there (the scaled negative logarithm of how often it occurs) and a character that is no
 * word 255. Quicker than the iterator, which copies each run several times and looks every first
 * character up among all of them.
 */
final class HanWords {
  private static final String DICTIONARY = "/com/ibm/icu/impl/data/icudata/brkitr/cjdict.dict";

  /**
   * The characters that the dictionary spells with; compatibility characters would be rewritten.
   */
  private static final int FIRST = 0x3400;

  private static final int LAST = 0x9FFF;

  /** Longest word that is looked for, in characters. */
  private static final int LONGEST = 20;

  private static final int COST_OF_UNKNOWN = 255;
  private static final int NO_PATH = Integer.MAX_VALUE;

  private static final String TRIE = trie();

  /** By first character: where the dictionary goes on, and what the character costs as a word. */
  private static final CharsTrie.State[] STATES = new CharsTrie.State[LAST - FIRST + 1];

  private static final int[] COSTS = new int[LAST - FIRST + 1];

  static {
    var trie = new CharsTrie(TRIE, 0);
    for (int c = FIRST; c <= LAST; c++) {
      BytesTrie.Result result = trie.first(c);
      COSTS[c - FIRST] = result.hasValue() ? trie.getValue() : COST_OF_UNKNOWN;
      if (result.hasNext()) {
        STATES[c - FIRST] = new CharsTrie.State();
        trie.saveState(STATES[c - FIRST]);
      }
    }
  }

  private final CharsTrie trie = new CharsTrie(TRIE, 0);
  private int[] costs = new int[64];
  private int[] previous = new int[64];
  private int[] ends = new int[64];
  private int first;

  /** Whether all characters of a run are such as this class cuts. */
  static boolean isHan(int[] text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (text[at] < FIRST || text[at] > LAST) {
        return false;
      }
    }
    return true;
  }

  /** Whether ICU4J's dictionary was found where this class knows to look for it. */
  static boolean areKnown() {
    return !TRIE.isEmpty();
  }

  /** Cuts a run for which {@link #isHan} holds, and returns the number of its words. */
  int cut(int[] text, int from, int to) {
    int length = to - from;
    if (costs.length <= length) {
      costs = new int[2 * length];
      previous = new int[2 * length];
      ends = new int[2 * length];
    }
    Arrays.fill(costs, 1, length + 1, NO_PATH);
    costs[0] = 0;
    for (int at = 0; at < length; at++) {
      int cost = costs[at]; // each character can be a word, so there is a way here
      int c = text[from + at] - FIRST;
      relax(at, at + 1, cost + COSTS[c]);
      if (STATES[c] != null) {
        trie.resetToState(STATES[c]);
        words(text, from, at, Math.min(at + LONGEST, length), cost);
      }
    }
    first = length;
    for (int at = length; at > 0; at = previous[at]) {
      ends[--first] = from + at;
    }
    return length - first;
  }

  /** Where a word of the last run ends (exclusive), in code points of the text. */
  int end(int word) {
    return ends[first + word];
  }

  private void words(int[] text, int from, int at, int most, int cost) {
    for (int end = at + 1; end < most; end++) {
      BytesTrie.Result result = trie.next(text[from + end]);
      if (result.hasValue()) {
        relax(at, end + 1, cost + trie.getValue());
      }
      if (!result.hasNext()) {
        return;
      }
    }
  }

  private void relax(int at, int end, int cost) {
    if (cost < costs[end]) {
      costs[end] = cost;
      previous[end] = at;
    }
  }

  /** The dictionary as its trie of UTF-16; empty where another ICU4J keeps it elsewhere. */
  private static String trie() {
    try (InputStream in = BreakIterator.class.getResourceAsStream(DICTIONARY)) {
      return in == null ? "" : trie(ByteBuffer.wrap(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read ICU4J's dictionary " + DICTIONARY, e);
    }
  }

  /** ICU's header, then eight integers: the first is where the trie begins, the fourth its end. */
  private static String trie(ByteBuffer file) {
    int indexes = file.getShort(0);
    file.order(file.get(8) != 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int start = indexes + file.getInt(indexes);
    int end = indexes + file.getInt(indexes + 3 * Integer.BYTES);
    return file.slice(start, end - start).order(file.order()).asCharBuffer().toString();
  }
}
