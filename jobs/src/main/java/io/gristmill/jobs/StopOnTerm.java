package io.gristmill.jobs;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.util.SignalUtils;

/**
 * Turns the first SIGTERM into a wish that the training under way ends after its step. The second
 * ends the process, as every one does while no training is under way.
 */
final class StopOnTerm implements AutoCloseable {
  private final AtomicBoolean waiting = new AtomicBoolean(true);

  /** What makes the wish known. */
  @FunctionalInterface
  interface Wish {
    void make() throws IOException;
  }

  private StopOnTerm() {}

  /** Begins to listen, until it is closed. */
  static StopOnTerm listen(Wish wish) {
    var listener = new StopOnTerm();
    // Spark's registry cannot take a listener back; one that returns false leaves the signal to
    // what it did before.
    SignalUtils.register("TERM", () -> listener.waiting.compareAndSet(true, false) && made(wish));
    return listener;
  }

  private static boolean made(Wish wish) {
    try {
      wish.make();
      return true;
    } catch (IOException e) {
      return false; // nobody will hear of it, so the process ends as it would have
    }
  }

  @Override
  public void close() {
    waiting.set(false);
  }
}
