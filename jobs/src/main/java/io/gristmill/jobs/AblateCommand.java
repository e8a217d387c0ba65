package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.stage.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = Ablate.NAME,
    mixinStandardHelpOptions = true,
    header = "Trains small models on several mixtures and tells which one to train with.",
    description = {
      "",
      "Brings documents, tokenizer and shards up to date, then runs the trainings that the section"
          + " ablate of the configuration asks for, as many beside each other as the cluster has"
          + " cores for. Writes ablation.json and ablation.html to ablation/ and a table to"
          + " standard output. Stopped and started again it trains only what was not finished; more"
          + " ratios, seeds or sizes add to what is there.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  gristmill ablate conf/ablation.yaml",
      "  gristmill ablate conf/ablation.yaml --master spark://host:7077",
      "  gristmill ablate conf/ablation.yaml --set ablate.tokens=50M"
    })
final class AblateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    RunConfig config = options.read();
    Road.travel(
        config,
        (spark, console) -> stages(spark, config, console),
        stages -> {
          Ablate ablate = (Ablate) stages.getLast();
          ablate.summary().forEach(command.commandLine().getOut()::println);
          command.commandLine().getOut().flush();
        });
    return 0;
  }

  private static List<Stage> stages(SparkSession spark, RunConfig config, Console console) {
    var ablate = new Ablate(spark, config, console);
    var stages = new ArrayList<Stage>(Road.until(StageName.TOKENIZE, spark, config, console));
    stages.add(ablate);
    return stages;
  }
}
