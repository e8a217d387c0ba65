package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    header = "Brings every stage of a configuration up to date.",
    description = {
      "",
      "Skips what is up to date, goes on with what was interrupted, makes again what changed, and"
          + " says which and why.",
      ""
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Option(
      names = "--from",
      paramLabel = "STAGE",
      converter = Start.Converter.class,
      completionCandidates = Start.Names.class,
      description =
          "First stage to look at: ${COMPLETION-CANDIDATES}; filter decides anew from what curate has"
              + " measured, and looks at no source.")
  private Start from = Start.FIRST;

  @Option(names = "--to", paramLabel = "STAGE", description = "Last stage.")
  private StageName to = StageName.REPORT;

  @Override
  public Integer call() throws IOException {
    RunConfig config = options.read();
    Road.travel(config, from, to);
    return 0;
  }
}
