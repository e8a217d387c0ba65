package io.gristmill.trainer.simulation;

/**
 * The machines that a training is planned for, one worker on each.
 *
 * @param nodes how many there are
 * @param cores of a node, one thread each
 * @param gigaflops that a core reaches in training while all cores of its node do, in the
 *     operations of {@code ModelConfig.trainingFlopsPerToken}; 0 to measure a worker on this
 *     machine
 * @param memoryGigabytes that a node reads and writes each second; asked only where gigaflops is
 *     given
 * @param networkGigabits that a node sends each second while it receives as many
 * @param latencyMicroseconds from a message's start to its end at the peer, one way
 * @param storageMegabytes of a checkpoint that are written, or read, each second
 * @param jitter spread of a worker's seconds for the same work: standard deviation over mean
 * @param overlap share of the backward pass that hides the sum of gradients; 0 is what the trainer
 *     does
 * @param failureHours mean time between failures of one node; 0 for nodes that never fail
 * @param restartSeconds from a failure to the first new step
 * @param watts of a node under load; 0 where nobody knows
 * @param price of a node-hour; 0 where nobody knows
 */
public record Cluster(
    int nodes,
    int cores,
    double gigaflops,
    double memoryGigabytes,
    double networkGigabits,
    double latencyMicroseconds,
    double storageMegabytes,
    double jitter,
    double overlap,
    double failureHours,
    double restartSeconds,
    double watts,
    double price) {
  public Cluster {
    if (nodes < 1) {
      throw new IllegalArgumentException(
          "cluster.nodes is %d, must be at least 1; it is how many machines there are"
              .formatted(nodes));
    }
    if (cores < 1) {
      throw new IllegalArgumentException(
          "cluster.cores is %d, must be at least 1; it is the cores of one machine"
              .formatted(cores));
    }
    atLeastZero("gigaflops", gigaflops, "0 measures a worker on this machine");
    aboveZero("memory-gigabytes", memoryGigabytes, "20 is usual");
    aboveZero("network-gigabits", networkGigabits, "10 is usual");
    atLeastZero("latency-microseconds", latencyMicroseconds, "50 is usual");
    aboveZero("storage-megabytes", storageMegabytes, "200 is usual");
    share("jitter", jitter, "0.03 is usual");
    share("overlap", overlap, "0 is what the trainer does");
    atLeastZero("failure-hours", failureHours, "0 is for nodes that never fail");
    atLeastZero("restart-seconds", restartSeconds, "120 is usual");
    atLeastZero("watts", watts, "0 leaves energy out");
    atLeastZero("price", price, "0 leaves money out");
  }

  /**
   * Ten gigabits, 50 microseconds, a failure of a node in three years; assumptions, all of them.
   */
  public static Cluster of(int nodes, int cores) {
    return new Cluster(nodes, cores, 0, 20, 10, 50, 200, 0.03, 0, 26_280, 120, 0, 0);
  }

  /** Whether a worker must be measured. */
  public boolean measured() {
    return gigaflops == 0;
  }

  private static void aboveZero(String key, double value, String usual) {
    require(value > 0, key, value, "above 0", usual);
  }

  private static void atLeastZero(String key, double value, String usual) {
    require(value >= 0, key, value, "at least 0", usual);
  }

  private static void share(String key, double value, String usual) {
    require(value >= 0 && value <= 1, key, value, "between 0 and 1", usual);
  }

  private static void require(boolean holds, String key, double value, String must, String usual) {
    if (!(holds && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          "cluster.%s is %s, must be %s; %s".formatted(key, value, must, usual));
    }
  }
}
