package io.gristmill.tokenization.shard;

import java.io.IOException;

/** A shard file whose bytes are not those that were written: to try again is of no use. */
public final class DamagedShardException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedShardException(String message) {
    super(message);
  }

  DamagedShardException(String message, Throwable cause) {
    super(message, cause);
  }
}
