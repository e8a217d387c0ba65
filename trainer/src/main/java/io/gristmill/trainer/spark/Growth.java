package io.gristmill.trainer.spark;

import io.gristmill.trainer.training.Progress;
import io.gristmill.trainer.training.StopRequest;
import java.io.Closeable;
import java.io.IOException;

/**
 * Watches over an attempt whether executors come, or come back, that make room for more workers,
 * and then asks it to end with a checkpoint, from which more workers go on.
 */
final class Growth implements Closeable {
  private static final long LOOK_MILLIS = 5_000;

  private final ClusterSize cluster;
  private final WorkersConfig config;
  private final int slots;
  private final int workers;
  private final StopRequest request;
  private final Progress progress;
  private final Thread thread;
  private volatile boolean asked;

  /**
   * @param slots of the run
   * @param workers of the attempt
   * @param request to the attempt
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
    this.thread = Thread.ofPlatform().name("executors").daemon().unstarted(this::watch);
  }

  /** Begins to look, unless the configuration says how many workers there are. */
  void start() {
    if (config.workers() == 0) {
      thread.start();
    }
  }

  /** Whether the attempt ends for others to go on. */
  boolean asked() {
    return asked;
  }

  /** An attempt is worth its start for {@code wait-seconds} at least, then any growth ends it. */
  private void watch() {
    try {
      Thread.sleep(1000L * config.waitSeconds());
      int before = workers;
      while (true) {
        Thread.sleep(LOOK_MILLIS);
        int now = cluster.possible(config, slots);
        if (now > workers && now == before) {
          ask(now);
          return;
        }
        before = now;
      }
    } catch (InterruptedException e) {
      // the attempt has ended
    }
  }

  private void ask(int now) {
    try {
      request.make();
      asked = true;
      progress.event(
          "there is room for %d workers: after a checkpoint they go on in place of %d"
              .formatted(now, workers));
    } catch (IOException e) {
      progress.warning(
          "there is room for %d workers, but the training cannot be told: %s"
              .formatted(now, e.getMessage()));
    }
  }

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
