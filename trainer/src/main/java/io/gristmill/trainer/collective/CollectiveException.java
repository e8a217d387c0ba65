package io.gristmill.trainer.collective;

import java.io.IOException;

/** A collective that could not be completed: a peer is lost, silent, or at another place. */
public final class CollectiveException extends IOException {
  private static final long serialVersionUID = 1;

  public CollectiveException(String message) {
    super(message);
  }

  public CollectiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
