package io.gristmill.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.show.Trace;
import io.gristmill.jobs.show.TraceText;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    header = "Follows one document through every stage of a run.",
    description = {
      "",
      "The record as it lies in its source, the extracted text, signals beside the thresholds of"
          + " the profile, the verdict, contamination, duplicates, passages, tokens. Works while a"
          + " run is half done.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  gristmill show my.yaml 5f3a9c0e                        an id, or the first digits of one",
      "  gristmill show my.yaml https://example.org/page --json"
    })
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private RunOptions options;

  @Parameters(
      index = "1",
      paramLabel = "ID",
      description = "Column id of documents/, the first digits of it, or a URL.")
  private String asked = "";

  @Option(names = "--json", description = "All of it as JSON; long texts are not cut.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    RunConfig config = options.read();
    try (SparkSession spark = Sessions.start(config.name())) {
      ObjectNode trace = new Trace(spark, config).of(asked);
      var out = command.commandLine().getOut();
      out.println(
          json
              ? new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(trace)
              : TraceText.of(trace));
      out.flush();
    }
    return 0;
  }
}
