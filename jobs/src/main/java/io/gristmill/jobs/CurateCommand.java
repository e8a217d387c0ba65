package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "curate",
    mixinStandardHelpOptions = true,
    header = "Documents from raw pages: read, extract, measure, decide, deduplicate.",
    footer = {
      "",
      "Examples:",
      "  gristmill curate my.yaml                              from the sources to documents/",
      "  gristmill curate my.yaml --sample 0.001               a dry run: what will that take, and give?",
      "  gristmill curate my.yaml --what-if gopher             what another profile would keep",
      "  gristmill curate my.yaml --what-if words.min=30       what another bound would keep",
      "  gristmill curate my.yaml --from filter --set curate.profile=gopher   then do so"
    })
final class CurateCommand implements Callable<Integer> {
  private static final int EXAMPLES = 3;

  @Spec private CommandSpec command;

  @Mixin private RunOptions options;

  @Option(
      names = "--from",
      paramLabel = "filter",
      converter = Start.Converter.class,
      description =
          "With filter: decides anew from what was measured, by the profile as it is now, and looks"
              + " at no source.")
  private Start from = Start.FIRST;

  @Option(
      names = "--what-if",
      paramLabel = "CHANGE",
      description =
          "Tells what another profile or bound would decide on the documents that were measured:"
              + " gopher, words.min=30, gopher.min-words=30, en.words.min=30, words=off. May be"
              + " repeated. Reads no source and writes nothing.")
  private List<String> whatIf = new ArrayList<>();

  @Option(
      names = "--remove",
      paramLabel = "FILE",
      description =
          "Takes documents down: a file with an id or a URL a line. Their text leaves the curation,"
              + " and with the next 'gristmill run' every stage after it; they stay out of this"
              + " run for good (removals.txt in its output).")
  private String remove = "";

  @Option(
      names = "--sample",
      paramLabel = "PART",
      description =
          "Judges only this part of the sources, above 0 to 1, and predicts from it how long all of"
              + " them take and what is kept of them. Writes to sample/ below the run's output, and"
              + " no documents.")
  private double sample;

  @Override
  public Integer call() throws IOException {
    if (from.stage() != StageName.CURATE) {
      throw new ParameterException(
          command.commandLine(), "--from %s is not of curate; filter is".formatted(from));
    }
    RunConfig config = options.read();
    if (command.commandLine().getParseResult().hasMatchedOption("--sample")) {
      return predict(config);
    }
    if (!remove.isEmpty()) {
      TakeDowns.add(remove, config.folders());
    }
    if (whatIf.isEmpty()) {
      Road.travel(config, from, StageName.CURATE);
      return 0;
    }
    try (SparkSession spark = Sessions.start(config.name())) {
      WhatIfTable.lines(new Curate(spark, config).whatIf(whatIf, EXAMPLES))
          .forEach(command.commandLine().getOut()::println);
    }
    return 0;
  }

  private int predict(RunConfig config) throws IOException {
    if (!(sample > 0 && sample <= 1)) {
      throw new ParameterException(
          command.commandLine(),
          "--sample is %s, must be above 0 and at most 1; 0.001 is usual".formatted(sample));
    }
    CurateSample.predicted(config, sample).forEach(command.commandLine().getOut()::println);
    command.commandLine().getOut().flush();
    return 0;
  }
}
