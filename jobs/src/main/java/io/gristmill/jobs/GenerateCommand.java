package io.gristmill.jobs;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    header = "Text from the trained model, for the prompts of the configuration.")
final class GenerateCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    Road.travel(options.read(), StageName.GENERATE, StageName.GENERATE);
    return 0;
  }
}
