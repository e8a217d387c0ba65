package io.gristmill.jobs;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that means a decay that branches off, in place of the training itself. */
final class DecayFrom {
  private static final Pattern STEP = Pattern.compile("(?:step-)?0*([1-9][0-9]{0,17})");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--decay-from",
      paramLabel = "step-N",
      description =
          "In place of the training: a decay of the learning rate that branches off from its"
              + " checkpoint of this step and writes decay-from-step-N/. The training goes on"
              + " beside it. schedule.decay and schedule.decay-curve say how long and how.")
  private String step = "";

  /** Empty for the training itself. */
  OptionalLong step() {
    if (step.isEmpty()) {
      return OptionalLong.empty();
    }
    Matcher matcher = STEP.matcher(step);
    if (!matcher.matches()) {
      throw new ParameterException(
          command.commandLine(),
          "--decay-from is '%s', must be a checkpoint of the training, as step-000250"
              .formatted(step));
    }
    return OptionalLong.of(Long.parseLong(matcher.group(1)));
  }
}
