package io.gristmill.mixing.bigram;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many distinct pairs of tokens were seen once, twice and so on, and how many distinct tokens
 * stood before another one so often. The entropy of bigrams depends on nothing else, and as these
 * are whole numbers, parts of a corpus add up to the same in any order.
 *
 * <p>Parts may be added only where no pair of the one has a first token of the other.
 */
public final class CountsOfCounts {
  private final SortedMap<Long, Long> pairs = new TreeMap<>();
  private final SortedMap<Long, Long> previous = new TreeMap<>();

  /** So many more distinct pairs that were each seen {@code count} times. */
  public void addPairs(long count, long distinct) {
    pairs.merge(count, distinct, Long::sum);
  }

  /** So many more distinct tokens after which {@code count} tokens were seen. */
  public void addPrevious(long count, long distinct) {
    previous.merge(count, distinct, Long::sum);
  }

  /** Distinct pairs by how often they were seen. */
  public Map<Long, Long> pairs() {
    return pairs;
  }

  /** Distinct tokens by how often they stood before another one. */
  public Map<Long, Long> previous() {
    return previous;
  }

  /**
   * The entropy of the bigrams.
   *
   * @throws IllegalArgumentException if there are none
   */
  public BigramEntropy entropy() {
    long tokens = total(pairs);
    if (tokens == 0 || tokens != total(previous)) {
      throw new IllegalArgumentException(
          "%d tokens in pairs after %d, must be as many and at least 1"
              .formatted(tokens, total(previous)));
    }
    // -sum p(a,b) ln p(b|a) = (sum c(a) ln c(a) - sum c(a,b) ln c(a,b)) / N
    double nats = Math.max(0, (weighed(previous) - weighed(pairs)) / tokens);
    return new BigramEntropy(tokens, distinct(pairs), distinct(previous), nats);
  }

  private static long total(Map<Long, Long> counts) {
    return counts.entrySet().stream().mapToLong(e -> e.getKey() * e.getValue()).sum();
  }

  private static long distinct(Map<Long, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The sum of c ln c, from the smallest c, with the same bits on every machine. */
  private static double weighed(SortedMap<Long, Long> counts) {
    double sum = 0;
    for (Map.Entry<Long, Long> entry : counts.entrySet()) {
      sum += entry.getValue() * (entry.getKey() * StrictMath.log(entry.getKey()));
    }
    return sum;
  }
}
