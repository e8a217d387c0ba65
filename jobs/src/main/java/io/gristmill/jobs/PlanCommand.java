package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.plan.Plan;
import io.gristmill.jobs.plan.PlanJson;
import io.gristmill.jobs.plan.PlanText;
import io.gristmill.jobs.plan.Planner;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.report.PlanPage;
import io.gristmill.jobs.stage.TextFile;
import io.gristmill.mixing.spark.MeasuredMixture;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = PlanCommand.NAME,
    mixinStandardHelpOptions = true,
    header = "What a training will take on a cluster, and where it stops scaling.",
    description = {
      "",
      "Batch and learning rate by the law of the schedule, tokens per parameter, epochs, memory,"
          + " time, energy and money, for 1 to 8,192 nodes. Describe the nodes under plan.cluster;"
          + " the speed of one worker is measured on this machine unless gigaflops is given. Writes"
          + " plan.json and plan.html to plan/ below the run's output, and trains nothing.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  gristmill plan my.yaml                                    this machine's nodes",
      "  gristmill plan my.yaml --set mixture.total-tokens=2G      before there are shards",
      "  gristmill plan my.yaml --set plan.cluster.nodes=16 --set plan.cluster.cores=64 \\",
      "    --set plan.cluster.gigaflops=60 --set plan.cluster.watts=400 --set plan.cluster.price=1.2"
    })
final class PlanCommand implements Callable<Integer> {
  static final String NAME = "plan";

  @Spec private CommandSpec command;

  @Mixin private RunOptions options;

  public static void main(String[] arguments) {
    Gristmill.runCommand(NAME, arguments);
  }

  @Override
  public Integer call() throws IOException {
    RunConfig config = options.read();
    Console console = Console.standardError();
    try (SparkSession spark = Sessions.start(config.name())) {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      var planner =
          new Planner(
              config,
              hadoop,
              shards -> MeasuredMixture.plan(spark, config.mixture(), shards),
              console::line);
      Plan plan = planner.plan();
      PlanText.lines(plan).forEach(command.commandLine().getOut()::println);
      command.commandLine().getOut().flush();
      Path folder = config.folders().plan();
      TextFile.write(new Path(folder, PlanJson.NAME), PlanJson.of(plan), hadoop);
      TextFile.write(new Path(folder, PlanPage.NAME), PlanPage.render(plan), hadoop);
      console.line("wrote %s and %s to %s".formatted(PlanJson.NAME, PlanPage.NAME, folder));
    }
    return 0;
  }
}
