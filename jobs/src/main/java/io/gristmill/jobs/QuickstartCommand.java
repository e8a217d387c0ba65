package io.gristmill.jobs;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    header = "The whole road on real bilingual pages, on this machine, in some minutes.",
    description = {
      "",
      "Fetches API documentation in Chinese and English, then runs conf/quickstart.yaml: curates the"
          + " pages, trains a tokenizer and a small model, lets it speak, and writes a report.",
      ""
    })
final class QuickstartCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    Road.travel(options.read("conf/quickstart.yaml"), StageName.CURATE, StageName.REPORT);
    return 0;
  }
}
