package io.gristmill.trainer.simulation;

/**
 * How much time checkpoints and failures take. Failures of all workers come at random at a constant
 * rate, each costs a restart and what was computed since the last checkpoint (Daly 2006, "A higher
 * order estimate of the optimum checkpoint interval for restart dumps").
 *
 * @param failureSeconds mean time between failures of the whole cluster; infinite where none fails
 * @param restartSeconds until a step begins again
 * @param checkpointSeconds in which nobody trains
 */
public record Reliability(double failureSeconds, double restartSeconds, double checkpointSeconds) {
  /** Of a cluster with so many workers. */
  static Reliability of(
      Cluster cluster, int workers, double checkpointSeconds, double readSeconds) {
    double failures =
        cluster.failureHours() == 0
            ? Double.POSITIVE_INFINITY
            : 3600 * cluster.failureHours() / workers;
    return new Reliability(failures, cluster.restartSeconds() + readSeconds, checkpointSeconds);
  }

  /**
   * The seconds of training between two checkpoints that lose least (Daly's equation 37, which
   * Young's {@code sqrt(2 C M)} begins); infinite where nothing fails.
   */
  public double bestInterval() {
    double ratio = checkpointSeconds / (2 * failureSeconds);
    if (ratio >= 1) {
      return failureSeconds;
    }
    if (ratio == 0) {
      return Double.isInfinite(failureSeconds) ? failureSeconds : 0;
    }
    double young = Math.sqrt(2 * checkpointSeconds * failureSeconds);
    return young * (1 + Math.sqrt(ratio) / 3 + ratio / 9) - checkpointSeconds;
  }

  /**
   * The expected seconds of a run (Daly's equation 20).
   *
   * @param useful seconds of steps alone
   * @param interval seconds of steps between two checkpoints
   * @return infinite where it would never end
   */
  public double expectedSeconds(double useful, double interval) {
    double pieces = useful / interval;
    if (Double.isInfinite(failureSeconds)) {
      return useful + pieces * checkpointSeconds;
    }
    return failureSeconds
        * Math.exp(restartSeconds / failureSeconds)
        * Math.expm1((interval + checkpointSeconds) / failureSeconds)
        * pieces;
  }
}
