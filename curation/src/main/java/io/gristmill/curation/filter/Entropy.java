package io.gristmill.curation.filter;

/** How evenly things are spread over kinds: the sum of c ln c over the counts c of the kinds. */
final class Entropy {
  private static final double[] SUMMANDS = summands();

  private double sum;

  /** Adds a kind. */
  void add(int count) {
    sum += count < SUMMANDS.length ? SUMMANDS[count] : count * StrictMath.log(count);
  }

  /**
   * - sum of p ln p, as ln N - (sum of c ln c) / N.
   *
   * @param total the sum of all counts; 0 has an entropy of 0
   */
  double nats(int total) {
    return total == 0 ? 0 : Math.max(0, StrictMath.log(total) - sum / total);
  }

  /** Of the counts that are usual; that of 0 is not asked for. */
  private static double[] summands() {
    double[] summands = new double[1024];
    for (int count = 1; count < summands.length; count++) {
      summands[count] = count * StrictMath.log(count);
    }
    return summands;
  }
}
