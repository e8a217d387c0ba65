package io.gristmill.trainer.spark;

/**
 * How a run is spread over a cluster; none of it changes a bit of the result, but for the number of
 * workers of a run with compression or local steps.
 *
 * @param workers barrier tasks, a power of two; 0 for one per executor, in local mode one
 * @param minimum fewest workers to go on with where the number is left open
 * @param threads of each worker; 0 for the cores that it has
 * @param timeoutSeconds without a byte from or to a peer before it is taken for lost; must exceed
 *     the time to write a checkpoint
 * @param restarts attempts after a failure that may follow each other without a new checkpoint
 * @param waitSeconds for executors to be there before the run is refused
 */
public record WorkersConfig(
    int workers, int minimum, int threads, int timeoutSeconds, int restarts, int waitSeconds) {
  public WorkersConfig {
    if (workers < 0 || Integer.bitCount(workers) > 1) {
      throw new IllegalArgumentException(
          "workers.workers is %d, must be a power of two, or 0 for one per executor; try %d"
              .formatted(workers, Integer.highestOneBit(Math.max(1, workers))));
    }
    atLeast("minimum", minimum, 1, "1 goes on with whatever is there");
    if (workers > 0 && minimum > workers) {
      throw new IllegalArgumentException(
          "workers.minimum is %d, must be at most workers.workers %d; lower it, or leave workers.workers out"
              .formatted(minimum, workers));
    }
    atLeast("threads", threads, 0, "0 takes the cores of each worker");
    atLeast("timeout-seconds", timeoutSeconds, 1, "120 is usual");
    atLeast("restarts", restarts, 0, "3 is usual");
    atLeast("wait-seconds", waitSeconds, 0, "30 is usual");
  }

  /**
   * What the cluster has, be it one worker, two minutes of silence, three restarts, half a minute
   * for executors.
   */
  public static WorkersConfig defaults() {
    return new WorkersConfig(0, 1, 0, 120, 3, 30);
  }

  /** The same with a fixed number of workers. */
  WorkersConfig withWorkers(int count) {
    return new WorkersConfig(count, 1, threads, timeoutSeconds, restarts, waitSeconds);
  }

  /** Whether a run has as many workers as the cluster has room for, more or less as it goes. */
  boolean elastic() {
    return workers == 0;
  }

  private static void atLeast(String key, int value, int least, String usual) {
    if (value < least) {
      throw new IllegalArgumentException(
          "workers.%s is %d, must be at least %d; %s".formatted(key, value, least, usual));
    }
  }
}
