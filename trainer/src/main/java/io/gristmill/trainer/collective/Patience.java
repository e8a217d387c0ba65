package io.gristmill.trainer.collective;

import java.time.Duration;

/**
 * How long a worker waits before it gives up.
 *
 * @param connect for all peers to be connected
 * @param handshake for one stranger to prove that it is a peer
 * @param silence for the next byte from or to a peer in a collective
 */
public record Patience(Duration connect, Duration handshake, Duration silence) {
  public Patience {
    if (!connect.isPositive() || !handshake.isPositive() || !silence.isPositive()) {
      throw new IllegalArgumentException(
          "timeouts are %s, %s and %s, must all be positive"
              .formatted(connect, handshake, silence));
    }
  }

  /** A minute to connect, five seconds to prove oneself, and the given silence in seconds. */
  public static Patience ofSilence(int seconds) {
    return new Patience(Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(seconds));
  }
}
