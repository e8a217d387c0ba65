package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What every command takes: the configuration and changes to it. */
final class RunOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Parameters(
      arity = "0..1",
      paramLabel = "CONFIG",
      description = "The YAML file of the run, on any Hadoop file system (conf/quickstart.yaml).")
  private String positional = "";

  @Option(names = "--config", paramLabel = "CONFIG", description = "The same, as an option.")
  private String option = "";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Changes one value of the configuration; may be repeated: --set pretrain.steps=200"
              + " --set curate.sources.0.path=s3a://bucket/crawl")
  private List<String> overrides = new ArrayList<>();

  RunConfig read() throws IOException {
    return read(positional.isEmpty() ? option : positional);
  }

  RunConfig read(String fallback) throws IOException {
    String path = positional.isEmpty() ? option : positional;
    String chosen = path.isEmpty() ? fallback : path;
    if (chosen.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "the configuration is missing: gristmill %s conf/quickstart.yaml"
              .formatted(command.name()));
    }
    return RunConfig.read(chosen, overrides);
  }
}
