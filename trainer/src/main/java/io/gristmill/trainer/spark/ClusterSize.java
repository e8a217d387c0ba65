package io.gristmill.trainer.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.spark.SparkContext;
import org.apache.spark.resource.ResourceProfile;

/**
 * Counts the executors of an application before a barrier stage is submitted, as Spark itself would
 * wait ten minutes for missing ones without a word.
 */
final class ClusterSize {
  private static final long POLL_MILLIS = 250;

  /** Executors register one after the other; their number has settled when it stays this long. */
  private static final long SETTLED_MILLIS = 2_000;

  private final SparkContext spark;
  private final long waitMillis;

  ClusterSize(SparkContext spark, int waitSeconds) {
    this.spark = spark;
    this.waitMillis = waitSeconds * 1000L;
  }

  /**
   * Waits for executors as long as there are too few, and chooses.
   *
   * @throws IllegalArgumentException if there are still too few at the end of the wait
   */
  Placement placement(WorkersConfig config, int slots) throws IOException {
    long start = System.nanoTime();
    Watch watch = watch();
    while (true) {
      if (watch.last.executors() > 0 && (config.workers() > 0 || watch.settled())) {
        try {
          return Placement.of(config, watch.last, slots);
        } catch (IllegalArgumentException e) {
          if (watch.last.local() || millis(start) >= waitMillis) {
            throw e;
          }
        }
      } else if (watch.last.executors() == 0 && millis(start) >= waitMillis) {
        throw new IllegalArgumentException(
            "no executor came within %d s; look at the master's page whether it has free cores and memory (spark.executor.memory, spark.executor.cores)"
                .formatted(waitMillis / 1000));
      }
      pause();
      watch.look();
    }
  }

  /**
   * The room for trainings beside each other, once the executors have settled: the first to come
   * may be enough for one, and the others come a moment later.
   *
   * @throws IllegalArgumentException if there is too little for one
   */
  Room room(WorkersConfig config, int slots) throws IOException {
    Placement placement = placement(config, slots);
    Watch watch = watch();
    while (!watch.settled()) {
      pause();
      watch.look();
    }
    return Room.of(placement, watch.last, heap(watch.last));
  }

  /** Begins to watch. */
  Watch watch() {
    return new Watch();
  }

  private long heap(Placement.Cluster cluster) {
    return cluster.local()
        ? Runtime.getRuntime().maxMemory()
        : spark.conf().getSizeAsBytes("spark.executor.memory", "1g");
  }

  /** The cluster as it was seen last, and since when it has been so. */
  final class Watch {
    private Placement.Cluster last = now();
    private long since = System.nanoTime();

    Placement.Cluster last() {
      return last;
    }

    boolean settled() {
      return last.local() || millis(since) >= SETTLED_MILLIS;
    }

    /** Looks again. */
    void look() {
      Placement.Cluster next = now();
      if (!next.equals(last)) {
        since = System.nanoTime();
        last = next;
      }
    }
  }

  private Placement.Cluster now() {
    ResourceProfile profile = spark.resourceProfileManager().defaultResourceProfile();
    int taskCores = spark.conf().getInt("spark.task.cpus", 1);
    int cores = spark.maxNumConcurrentTasks(profile) * taskCores;
    if (spark.isLocal()) {
      return new Placement.Cluster(true, 1, cores);
    }
    int executors = spark.statusTracker().getExecutorInfos().length - 1; // one is the driver
    return new Placement.Cluster(false, executors, executors == 0 ? 0 : cores / executors);
  }

  private static long millis(long since) {
    return (System.nanoTime() - since) / 1_000_000;
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for executors");
    }
  }
}
