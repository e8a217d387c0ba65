package io.gristmill.mixing.bigram;

/**
 * The conditional entropy of the bigrams of some tokens: {@code H = -sum p(a,b) ln p(b|a)} with the
 * shares that were counted, what the best table of pairs would lose on the tokens that it was made
 * of.
 *
 * @param tokens N, each counted after the one before it
 * @param pairs distinct ones
 * @param previous distinct tokens that another one was seen after
 * @param nats H, per token
 */
public record BigramEntropy(long tokens, long pairs, long previous, double nats) {
  /**
   * How many nats H is below that of endless text of the same kind, at least: (pairs - previous) /
   * 2N, the first term of the bias (Miller 1955). Where most pairs were seen once it is several
   * times as much.
   */
  public double bias() {
    return (pairs - previous) / (2.0 * tokens);
  }
}
