package io.gristmill.trainer.training;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Tells whether a run has been asked to stop; looks once a second, as a step may be shorter. */
public final class StopWatcher implements BooleanSupplier {
  private static final long LOOK_NANOS = 1_000_000_000L;

  private final StopRequest request;
  private long looked = System.nanoTime() - LOOK_NANOS;
  private boolean asked;

  public StopWatcher(StopRequest request) {
    this.request = request;
  }

  @Override
  public boolean getAsBoolean() {
    long now = System.nanoTime();
    if (!asked && now - looked >= LOOK_NANOS) {
      looked = now;
      try {
        asked = request.isMade();
      } catch (IOException e) {
        asked = false; // a storage that does not answer now stops no training; seen a second later
      }
    }
    return asked;
  }
}
