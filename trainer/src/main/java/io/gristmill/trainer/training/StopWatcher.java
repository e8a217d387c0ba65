package io.gristmill.trainer.training;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Tells whether an attempt has been asked to stop, by any of some wishes; looks once a second, as a
 * step may be shorter.
 */
public final class StopWatcher implements BooleanSupplier {
  private static final long LOOK_NANOS = 1_000_000_000L;

  private final List<StopRequest> requests;
  private long looked = System.nanoTime() - LOOK_NANOS;
  private boolean asked;

  public StopWatcher(StopRequest... requests) {
    this.requests = List.of(requests);
  }

  @Override
  public boolean getAsBoolean() {
    long now = System.nanoTime();
    if (!asked && now - looked >= LOOK_NANOS) {
      looked = now;
      try {
        asked = isMade();
      } catch (IOException e) {
        asked = false; // a storage that does not answer now stops no training; seen a second later
      }
    }
    return asked;
  }

  private boolean isMade() throws IOException {
    for (StopRequest request : requests) {
      if (request.isMade()) {
        return true;
      }
    }
    return false;
  }
}
