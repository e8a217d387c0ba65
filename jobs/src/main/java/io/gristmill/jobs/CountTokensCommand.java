package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = CountTokens.NAME,
    mixinStandardHelpOptions = true,
    header = "How many tokens the kept documents are, by split, domain and language.",
    description = {
      "",
      "Encodes documents/ and counts; writes no shards and needs none. The table goes to standard"
          + " output, and to token-counts/token-counts.json below the run's output.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  gristmill count-tokens my.yaml                      with the run's tokenizer",
      "  gristmill count-tokens my.yaml --sample 0.01        one document in a hundred",
      "  gristmill count-tokens my.yaml --tokenizer qwen3    with that of another model"
    })
final class CountTokensCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private RunOptions options;

  @Option(
      names = "--tokenizer",
      paramLabel = "FOLDER",
      description = "A folder with a tokenizer.json; default: tokenizer/ of the run.")
  private String tokenizer = "";

  @Option(
      names = "--sample",
      paramLabel = "PART",
      description =
          "The part of the documents to encode, above 0 to 1 (default ${DEFAULT-VALUE}). The tokens"
              + " of the others follow from their bytes.")
  private double sample = 1;

  @Override
  public Integer call() throws IOException {
    RunConfig config = options.read();
    Path folder = tokenizer.isEmpty() ? config.folders().tokenizer() : new Path(tokenizer);
    Road.travel(
        config,
        (spark, console) -> List.of(new CountTokens(spark, config, folder, sample)),
        stages -> stages.get(0).table().forEach(command.commandLine().getOut()::println));
    return 0;
  }
}
