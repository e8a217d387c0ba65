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

  @Override
  public Integer call() throws IOException {
    if (from.stage() != StageName.CURATE) {
      throw new ParameterException(
          command.commandLine(), "--from %s is not of curate; filter is".formatted(from));
    }
    RunConfig config = options.read();
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
}
