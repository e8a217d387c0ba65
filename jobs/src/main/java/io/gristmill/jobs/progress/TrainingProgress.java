package io.gristmill.jobs.progress;

import io.gristmill.trainer.evaluation.GroupLoss;
import io.gristmill.trainer.evaluation.Validation;
import io.gristmill.trainer.training.Progress;
import java.util.stream.Collectors;

/** Shows how a training goes. */
public final class TrainingProgress implements Progress {
  private final Console console;

  public TrainingProgress(Console console) {
    this.console = console;
  }

  @Override
  public void step(Report report) {
    console.status(
        "step %d of %d (%.0f %%), loss %.3f, learning rate %.2e, %,.0f tokens/s, about %d:%02d left"
            .formatted(
                report.step(),
                report.steps(),
                report.percent(),
                report.loss(),
                report.learningRate(),
                report.tokensPerSecond(),
                report.left().toMinutes(),
                report.left().toSecondsPart()));
  }

  @Override
  public void validation(Validation validation) {
    console.line(
        "  step %d, held out: %s"
            .formatted(
                validation.step(),
                validation.languages().stream()
                    .map(TrainingProgress::loss)
                    .collect(Collectors.joining("; "))));
  }

  @Override
  public void event(String message) {
    console.line("  " + message);
  }

  @Override
  public void warning(String message) {
    console.line("  " + message);
  }

  private static String loss(GroupLoss loss) {
    return "%s %.4f nats per token, %.4f bits per byte"
        .formatted(loss.language(), loss.natsPerToken(), loss.bitsPerByte());
  }
}
