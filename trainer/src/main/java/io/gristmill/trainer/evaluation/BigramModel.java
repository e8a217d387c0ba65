package io.gristmill.trainer.evaluation;

import io.gristmill.mixing.bigram.PairCounts;

/**
 * The interpolated Witten-Bell bigram model over token ids: what counting pairs achieves, which a
 * trained model must beat.
 *
 * <pre>
 *   P(w | h) = (c(h w) + T(h) P(w)) / (c(h) + T(h))       T(h): distinct tokens seen after h
 *   P(w)     = (c(w)   + T / V)     / (N    + T)          T: distinct tokens seen, V: vocabulary size
 * </pre>
 *
 * <p>Witten and Bell 1991, "The zero-frequency problem", method C; in this form Chen and Goodman
 * 1998, section 2.5. Memory: 12 bytes per vocabulary entry and 32 per distinct pair at most.
 */
public final class BigramModel {
  private final int vocabularySize;
  private final PairCounts pairs = new PairCounts();
  private final long[] followed; // c(h)
  private final int[] followers; // T(h)
  private final long[] occurrences; // c(w)
  private long tokens; // N
  private int types; // T

  /** A model that has seen nothing: every token is equally likely. */
  public BigramModel(int vocabularySize) {
    if (vocabularySize < 1) {
      throw new IllegalArgumentException(
          "a bigram model of %d tokens, must be at least 1".formatted(vocabularySize));
    }
    this.vocabularySize = vocabularySize;
    this.followed = new long[vocabularySize];
    this.followers = new int[vocabularySize];
    this.occurrences = new long[vocabularySize];
  }

  /**
   * Counts the targets of a window, each after the token before it.
   *
   * @param window the token before the first target, then the targets
   * @param targets how many
   */
  public void observe(int[] window, int targets) {
    for (int t = 1; t <= targets; t++) {
      int previous = window[t - 1];
      int next = window[t];
      if (pairs.increment(key(previous, next)) == 1) {
        followers[previous]++;
      }
      followed[previous]++;
      if (++occurrences[next] == 1) {
        types++;
      }
      tokens++;
    }
  }

  /** P(next | previous). */
  public double probability(int previous, int next) {
    double unseen = (double) types / vocabularySize;
    double alone =
        tokens == 0 ? 1.0 / vocabularySize : (occurrences[next] + unseen) / (tokens + types);
    long seen = followed[previous];
    if (seen == 0) {
      return alone;
    }
    int distinct = followers[previous];
    return (pairs.count(key(previous, next)) + distinct * alone) / (seen + distinct);
  }

  /**
   * The sum of -ln P over the targets of a window, in nats.
   *
   * @param window the token before the first target, then the targets
   * @param targets how many
   */
  public double nats(int[] window, int targets) {
    double sum = 0;
    for (int t = 1; t <= targets; t++) {
      sum -= Math.log(probability(window[t - 1], window[t]));
    }
    return sum;
  }

  private long key(int previous, int next) {
    return (long) previous * vocabularySize + next;
  }
}
