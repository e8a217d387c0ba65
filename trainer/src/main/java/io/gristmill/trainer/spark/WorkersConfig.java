package io.gristmill.trainer.spark;

/**
 * How a run is spread over a cluster; none of it changes a bit of the result, but for the number of
 * workers of a run with compression or local steps.
 *
 * @param workers barrier tasks, a power of two; 0 for one per executor, in local mode one
 * @param threads of each worker; 0 for the cores that it has
 * @param timeoutSeconds without a byte from or to a peer before it is taken for lost; must exceed
 *     the time to write a checkpoint
 * @param restarts attempts after a failure that may follow each other without a new checkpoint
 * @param waitSeconds for executors to be there before the run is refused
 */
public record WorkersConfig(
    int workers, int threads, int timeoutSeconds, int restarts, int waitSeconds) {
  public WorkersConfig {
    if (workers < 0 || Integer.bitCount(workers) > 1) {
      throw new IllegalArgumentException(
          "workers.workers is %d, must be a power of two, or 0 for one per executor; try %d"
              .formatted(workers, Integer.highestOneBit(Math.max(1, workers))));
    }
    atLeast("threads", threads, 0, "0 takes the cores of each worker");
    atLeast("timeout-seconds", timeoutSeconds, 1, "120 is usual");
    atLeast("restarts", restarts, 0, "3 is usual");
    atLeast("wait-seconds", waitSeconds, 0, "30 is usual");
  }

  /** What the cluster has, two minutes of silence, three restarts, half a minute for executors. */
  public static WorkersConfig defaults() {
    return new WorkersConfig(0, 0, 120, 3, 30);
  }

  /** The same with a fixed number of workers. */
  WorkersConfig withWorkers(int count) {
    return new WorkersConfig(count, threads, timeoutSeconds, restarts, waitSeconds);
  }

  private static void atLeast(String key, int value, int least, String usual) {
    if (value < least) {
      throw new IllegalArgumentException(
          "workers.%s is %d, must be at least %d; %s".formatted(key, value, least, usual));
    }
  }
}
