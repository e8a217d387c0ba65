package io.gristmill.trainer.spark;

import io.gristmill.trainer.training.Progress;
import io.gristmill.trainer.training.StopRequest;
import java.io.IOException;

/**
 * Watches while an attempt trains whether executors have come for more workers, and asks the
 * attempt to end with a checkpoint when they have stayed a moment: what comes back after a failure
 * does not stay unused until the next one.
 */
final class Growth implements AutoCloseable {
  private static final long LOOK_MILLIS = 1_000;

  private final ClusterSize cluster;
  private final WorkersConfig config;
  private final int slots;
  private final int workers;
  private final StopRequest request;
  private final Progress progress;
  private final Thread thread;
  private volatile boolean asked;

  /**
   * @param config of a run whose number of workers is left open
   * @param slots of the run
   * @param workers of the attempt
   * @param request that ends the attempt and no other
   */
  Growth(
      ClusterSize cluster,
      WorkersConfig config,
      int slots,
      int workers,
      StopRequest request,
      Progress progress) {
    this.cluster = cluster;
    this.config = config;
    this.slots = slots;
    this.workers = workers;
    this.request = request;
    this.progress = progress;
    this.thread = Thread.ofPlatform().daemon().name("growth").unstarted(this::watch);
  }

  void start() {
    thread.start();
  }

  /** Whether it has asked the attempt to end. */
  boolean hasAsked() {
    return asked;
  }

  private void watch() {
    ClusterSize.Watch watch = cluster.watch();
    try {
      while (!watch.settled() || possible(watch.last()) <= workers) {
        Thread.sleep(LOOK_MILLIS);
        watch.look();
      }
      progress.event(
          "%s: going on with %d workers in place of %d after a checkpoint"
              .formatted(watch.last(), possible(watch.last()), workers));
      asked = true;
      request.make();
    } catch (InterruptedException e) {
      // The attempt is over.
    } catch (IOException e) {
      asked = false;
      progress.warning("the training does not grow: " + e.getMessage());
    }
  }

  /** As many workers as the cluster has room for; 0 where there are too few. */
  private int possible(Placement.Cluster now) {
    try {
      return Placement.of(config, now, slots).workers();
    } catch (IllegalArgumentException tooFew) {
      return 0;
    }
  }

  /** Ends the watch, and takes back a wish that may have come too late. */
  @Override
  public void close() throws IOException {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    request.withdraw();
  }
}
