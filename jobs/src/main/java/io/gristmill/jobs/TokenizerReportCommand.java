package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.tokenization.quality.QualityConfig;
import io.gristmill.tokenization.quality.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = TokenizerReport.NAME,
    mixinStandardHelpOptions = true,
    header = "How good the run's tokenizer is, beside others, and which vocabulary size suits.",
    description = {
      "",
      "Reads the kept documents and the tokenizer of the run; writes quality.json and quality.html"
          + " to tokenizer-quality/ and a short table to standard output. No stage of"
          + " 'gristmill run' needs it.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  gristmill tokenizer-report my.yaml                             the run's tokenizer",
      "  gristmill tokenizer-report my.yaml --tokenizer qwen3           beside that of another model",
      "  gristmill tokenizer-report my.yaml --sample 0.1                one document in ten",
      "  gristmill tokenizer-report my.yaml --sweep 8192,16384,32768    other vocabulary sizes"
    })
final class TokenizerReportCommand implements Callable<Integer> {
  private static final int LISTED = 200;

  @Spec private CommandSpec command;

  @Mixin private RunOptions options;

  @Option(
      names = "--tokenizer",
      paramLabel = "PATH",
      description =
          "Another tokenizer's file, or a folder with one, to compare with; may be repeated.")
  private List<String> tokenizers = new ArrayList<>();

  @Option(
      names = "--sample",
      paramLabel = "FRACTION",
      defaultValue = "1",
      description = "The part of the documents to look at, chosen by their ids; ${DEFAULT-VALUE}.")
  private double sample;

  @Option(
      names = "--sweep",
      paramLabel = "SIZES",
      split = ",",
      description =
          "Vocabulary sizes to compare, at least 3; beyond the run's own a larger vocabulary is"
              + " trained for it. Seven up to the run's own unless given.")
  private List<Integer> sweep = new ArrayList<>();

  @Option(
      names = "--under-trained",
      paramLabel = "COUNT",
      defaultValue = "100",
      description =
          "A token that the training text has less often is under-trained; ${DEFAULT-VALUE}.")
  private long underTrained;

  @Option(
      names = "--training-characters",
      paramLabel = "COUNT",
      defaultValue = "0",
      description =
          "The text, repeats included, for which a vocabulary size is recommended (2e9); what the"
              + " configuration trains on unless given.")
  private double trainingCharacters;

  @Override
  public Integer call() throws IOException {
    RunConfig config = options.read();
    var asked =
        new TokenizerReport.Asked(
            tokenizers.stream().map(Path::new).toList(),
            new QualityConfig(new Sample(sample), underTrained, LISTED),
            sweep,
            trainingCharacters);
    Road.travel(
        config,
        (spark, console) -> List.of(new TokenizerReport(spark, config, asked, console)),
        stages -> stages.getFirst().summary().forEach(command.commandLine().getOut()::println));
    return 0;
  }
}
