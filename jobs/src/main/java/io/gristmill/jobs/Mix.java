package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.mixing.law.scaling.RepeatedData;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.mixing.spark.MeasuredMixture;
import io.gristmill.tokenization.shard.Shards;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** shards/ to mixture.json: the ratio, the epochs and the order of every training sequence. */
public final class Mix implements Stage {
  private static final int VERSION = 1;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final RunConfig config;
  private final RunFolders folders;
  private final Console console;
  private Optional<Mixture> planned = Optional.empty();

  Mix(SparkSession spark, RunConfig config, Console console) {
    this.spark = spark;
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
    tellEntropies(mixture);
    tellPhases(mixture);
    tellRepeats(mixture);
    return "%,d tokens".formatted(mixture.tokens());
  }

  private void tellEntropies(Mixture mixture) {
    mixture
        .entropies()
        .forEach(
            entropy ->
                console.line(
                    "  %s: entropy %.4f nats of %,d tokens (at least %.2f too low), weight %.6f"
                        .formatted(
                            entropy.line(),
                            entropy.measured().nats(),
                            entropy.measured().tokens(),
                            entropy.measured().bias(),
                            entropy.weight())));
  }

  private void tellPhases(Mixture mixture) {
    if (mixture.phases().size() == 1) {
      return;
    }
    for (int p = 0; p < mixture.phases().size(); p++) {
      int phase = p;
      long sequences = mixture.phases().get(p).sequences();
      console.line(
          "  phase %d: %,d tokens, %s"
              .formatted(
                  p + 1,
                  sequences * mixture.sequenceLength(),
                  mixture.components().stream()
                      .filter(component -> component.phaseSequences().get(phase) > 0)
                      .map(
                          component ->
                              "%s %.1f %%"
                                  .formatted(
                                      component.label(),
                                      100.0 * component.phaseSequences().get(phase) / sequences))
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

  /** Made once, as entropies are measured for it. */
  private Mixture plan() throws IOException {
    if (planned.isEmpty()) {
      Shards shards = Shards.open(folders.shards(), hadoop);
      planned = Optional.of(MeasuredMixture.plan(spark, config.mixture(), shards));
    }
    return planned.get();
  }
}
