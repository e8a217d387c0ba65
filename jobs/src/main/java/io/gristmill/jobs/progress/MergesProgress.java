package io.gristmill.jobs.progress;

import io.gristmill.tokenization.bpe.MergeProgress;
import java.time.Duration;

/** Shows how the training of a tokenizer goes. */
public final class MergesProgress implements MergeProgress {
  private final Console console;
  private long begin;

  public MergesProgress(Console console) {
    this.console = console;
  }

  @Override
  public void learned(int merges, int wanted) {
    if (merges == 0) {
      begin = System.nanoTime();
      return;
    }
    double elapsed = System.nanoTime() - begin;
    Duration left = Duration.ofNanos((long) (elapsed / merges * (wanted - merges)));
    console.status(
        "%,d of %,d merges (%.0f %%), at most %d:%02d left"
            .formatted(
                merges, wanted, 100.0 * merges / wanted, left.toMinutes(), left.toSecondsPart()));
  }

  @Override
  public void event(String message) {
    console.line("  " + message);
  }
}
