package io.gristmill.curation.quality.ngram;

import java.util.Arrays;

/**
 * Goes through a line of words and gives each its probability after those before it (Katz 1987, as
 * ARPA files have it): that of the longest n-gram that ends here, times the back-off weights of the
 * longer contexts that have none.
 */
final class BackoffWalk {
  private final NgramTable table;

  /** Keys of the last words, the latest first. */
  private final long[] before;

  /** Weights of the n-grams that ended at the last word, by length less one. */
  private float[] weights;

  private int known;
  private float[] next;

  BackoffWalk(NgramTable table) {
    this.table = table;
    int longest = Math.max(1, table.order() - 1);
    before = new long[longest];
    weights = new float[longest];
    next = new float[longest];
  }

  /** A line begins: only the mark of it stands before. */
  void begin(long mark) {
    Arrays.fill(before, 0);
    known = 0;
    next(mark);
  }

  /** log10 of the probability of the next word. */
  float next(long word) {
    long own = table.key(word);
    long key = own;
    long found = table.find(1, key);
    float probability;
    int matched;
    if (found == NgramTable.ABSENT) {
      probability = table.unknown();
      matched = 0;
    } else {
      probability = NgramTable.probability(found);
      next[0] = NgramTable.backoff(found);
      matched = 1;
      int longest = Math.min(table.order(), known + 1);
      while (matched < longest) {
        key = NgramTable.extended(key, before[matched - 1]);
        found = table.find(matched + 1, key);
        if (found == NgramTable.ABSENT) {
          break;
        }
        probability = NgramTable.probability(found);
        if (matched < next.length) {
          next[matched] = NgramTable.backoff(found);
        }
        matched++;
      }
    }
    for (int context = Math.max(1, matched); context <= known; context++) {
      probability += weights[context - 1];
    }
    remember(own, Math.min(matched, next.length));
    return probability;
  }

  private void remember(long key, int matched) {
    System.arraycopy(before, 0, before, 1, before.length - 1);
    before[0] = key;
    float[] spare = weights;
    weights = next;
    next = spare;
    known = matched;
  }
}
