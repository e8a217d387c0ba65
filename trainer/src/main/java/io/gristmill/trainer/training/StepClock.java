package io.gristmill.trainer.training;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Speed and time left, for people; nothing that is computed reads it. */
final class StepClock {
  private static final int RECENT = 20;

  private final long steps;
  private final Deque<Lap> recent = new ArrayDeque<>();
  private long last = System.nanoTime();
  private Lap lap = new Lap(1, 0);

  private record Lap(long nanos, long tokens) {}

  StepClock(long steps) {
    this.steps = steps;
  }

  /** A step begins; what came before, such as a validation, is not its time. */
  void begin() {
    last = System.nanoTime();
  }

  /** A step of {@code tokens} has just ended. */
  void step(long tokens) {
    long now = System.nanoTime();
    lap = new Lap(Math.max(1, now - last), tokens);
    recent.addLast(lap);
    if (recent.size() > RECENT) {
      recent.removeFirst();
    }
  }

  /** Since the step began. */
  double elapsedSeconds() {
    return (System.nanoTime() - last) / 1e9;
  }

  /** Of the last step. */
  double seconds() {
    return lap.nanos() / 1e9;
  }

  /** In the last step. */
  double tokensPerSecond() {
    return lap.tokens() / seconds();
  }

  /** In the last steps. */
  double recentTokensPerSecond() {
    return recent.stream().mapToLong(Lap::tokens).sum() / (recentNanos() / 1e9);
  }

  /** Time for the steps after {@code step} at the recent speed. */
  Duration left(long step) {
    return Duration.ofNanos((long) ((double) recentNanos() / recent.size() * (steps - step)));
  }

  private long recentNanos() {
    return recent.stream().mapToLong(Lap::nanos).sum();
  }
}
