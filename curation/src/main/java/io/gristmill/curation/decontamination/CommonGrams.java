package io.gristmill.curation.decontamination;

import io.gristmill.curation.dedup.Tokens;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The n-grams that more than 50 different questions or options have ("which of the following
 * statements is"): they identify no item, and a document that has them is no evidence. Leaving them
 * out also bounds how many items one n-gram can bring up.
 */
final class CommonGrams {
  /** Variants of a set share their questions; hardly anyone lists more of one set. */
  static final int MOST_QUESTIONS = 50;

  private final int[] ascending;

  private CommonGrams(int[] ascending) {
    this.ascending = ascending;
  }

  /** How many of some n-grams are not common. */
  int telling(int[] grams) {
    int telling = 0;
    for (int gram : grams) {
      telling += Arrays.binarySearch(ascending, gram) < 0 ? 1 : 0;
    }
    return telling;
  }

  /** Collects the n-grams of all items, four bytes each. */
  static final class Counting {
    private final NGrams ngrams;
    private final Set<Long> seen = new HashSet<>();
    private int[] grams = new int[1 << 12];
    private int count;

    Counting(NGrams ngrams) {
      this.ngrams = ngrams;
    }

    /** Counts an item; a question or option that was counted before does not count again. */
    void add(EvaluationItem item) {
      add(item.question());
      item.options().forEach(this::add);
    }

    private void add(String text) {
      int[] distinct = Part.grams(Tokens.of(text), ngrams);
      if (distinct.length == 0 || !seen.add(hash(distinct))) {
        return;
      }
      if (grams.length - count < distinct.length) {
        grams = Arrays.copyOf(grams, Math.max(2 * grams.length, count + distinct.length));
      }
      System.arraycopy(distinct, 0, grams, count, distinct.length);
      count += distinct.length;
    }

    private static long hash(int[] grams) {
      long hash = grams.length;
      for (int gram : grams) {
        hash = Tokens.mix(hash + gram);
      }
      return hash;
    }

    CommonGrams counted() {
      int[] sorted = Arrays.copyOf(grams, count);
      Arrays.sort(sorted);
      int common = 0;
      for (int from = 0; from < count; ) {
        int to = from;
        while (to < count && sorted[to] == sorted[from]) {
          to++;
        }
        if (to - from > MOST_QUESTIONS) {
          sorted[common++] = sorted[from];
        }
        from = to;
      }
      return new CommonGrams(Arrays.copyOf(sorted, common));
    }
  }
}
