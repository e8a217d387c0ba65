package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.mixing.law.scaling.RepeatedData;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.mixing.mixture.MixturePlanner;
import io.gristmill.tokenization.shard.Shards;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** shards/ to mixture.json: the ratio, the epochs and the order of every training sequence. */
public final class Mix implements Stage {
  private static final int VERSION = 1;

  private final Configuration hadoop;
  private final RunConfig config;
  private final RunFolders folders;
  private final Console console;

  Mix(SparkSession spark, RunConfig config, Console console) {
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
    this.folders = config.folders();
    this.console = console;
  }

  public static void main(String[] arguments) {
    Gristmill.runStage(StageName.MIX, arguments);
  }

  @Override
  public String name() {
    return StageName.MIX.toString();
  }

  @Override
  public Path folder() {
    return folders.mixture();
  }

  @Override
  public SortedMap<String, String> inputs() throws IOException {
    return new Inputs(VERSION)
        .configuration("mixture", config.mixture())
        .published("tokenize", folders.shards(), hadoop)
        .all();
  }

  @Override
  public void check() throws IOException {
    plan();
  }

  @Override
  public String run() throws IOException {
    Mixture mixture = plan();
    MixtureJson.write(mixture, new Path(folder(), MixtureJson.NAME), hadoop);
    if (mixture.shrunk()) {
      mixture
          .limiting()
          .forEach(
              component ->
                  console.line(
                      "  %s has no more to give at %.2f epochs: the run shrinks to %,d tokens, the ratio stays"
                          .formatted(component.label(), component.epochs(), mixture.tokens())));
    }
    mixture
        .languages()
        .forEach(
            language ->
                console.line(
                    "  %s: %,d tokens there, %,d trained on, %.2f epochs"
                        .formatted(
                            language.language(),
                            language.available(),
                            language.trained(),
                            language.epochs())));
    tellPhases(mixture);
    tellRepeats(mixture);
    return "%,d tokens".formatted(mixture.tokens());
  }

  private void tellPhases(Mixture mixture) {
    if (mixture.phases().size() == 1) {
      return;
    }
    List<List<Long>> taken = mixture.phaseSequences();
    for (int p = 0; p < mixture.phases().size(); p++) {
      int phase = p;
      long sequences = mixture.phases().get(p).sequences();
      console.line(
          "  phase %d: %,d tokens, %s"
              .formatted(
                  p + 1,
                  sequences * mixture.sequenceLength(),
                  IntStream.range(0, taken.size())
                      .filter(c -> taken.get(c).get(phase) > 0)
                      .mapToObj(
                          c ->
                              "%s %.1f %%"
                                  .formatted(
                                      mixture.components().get(c).label(),
                                      100.0 * taken.get(c).get(phase) / sequences))
                      .collect(Collectors.joining(", "))));
    }
  }

  /** What is seen again is worth less than new text. */
  private void tellRepeats(Mixture mixture) {
    RepeatedData law = RepeatedData.published();
    mixture.components().stream()
        .filter(component -> component.epochs() > 1)
        .forEach(
            component ->
                console.line(
                    "  %s: %.2f epochs are worth %.2f of new text, one more would add %.2f"
                        .formatted(
                            component.label(),
                            component.epochs(),
                            law.uniqueEquivalent(component.epochs()),
                            law.nextEpoch(component.epochs()))));
  }

  private Mixture plan() throws IOException {
    return MixturePlanner.plan(config.mixture(), Shards.open(folders.shards(), hadoop).index());
  }
}
