package io.gristmill.jobs.ablation;

import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.trainer.checkpoint.CheckpointFiles;
import io.gristmill.trainer.checkpoint.ModelHash;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.spark.BarrierTraining;
import io.gristmill.trainer.spark.WorkersConfig;
import io.gristmill.trainer.training.Progress;
import io.gristmill.trainer.training.TrainingResult;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Runs trainings on the cluster, as many beside each other as it has room for: each is a barrier
 * stage of its own, so that a lost executor costs one of them, which goes on from its last
 * checkpoint. A training that has finished is not run again.
 */
final class Trainings implements AutoCloseable {
  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final WorkersConfig workers;
  private final AblationProgress progress;
  private final ExecutorService places;

  /**
   * @param workers of each training, both numbers given
   * @param atOnce trainings beside each other
   */
  Trainings(JavaSparkContext spark, WorkersConfig workers, int atOnce, AblationProgress progress) {
    this.spark = spark;
    this.hadoop = spark.hadoopConfiguration();
    this.workers = workers;
    this.progress = progress;
    this.places = Executors.newFixedThreadPool(atOnce);
  }

  /** What tokens cost, in floating-point operations as 6 N for each. */
  static double work(ModelConfig model, long tokens) {
    return 6.0 * ParameterLayout.of(model).size() * tokens;
  }

  private static double work(PlannedTraining training) {
    return work(training.run().model(), training.tokens());
  }

  /**
   * The measures of a training, once there is room for it.
   *
   * @param outcome what came of it, in one line
   */
  CompletableFuture<TrainingMeasures> measures(
      PlannedTraining training, Function<TrainingMeasures, String> outcome) {
    return supply(
        () -> {
          Path folder = new Path(training.run().output());
          Optional<TrainingMeasures> found =
              TrainingMeasures.read(folder, training.identity(), hadoop);
          if (found.isPresent()) {
            progress.found(work(training));
            return found.get();
          }
          return train(training, folder, outcome);
        });
  }

  private TrainingMeasures train(
      PlannedTraining training, Path folder, Function<TrainingMeasures, String> outcome)
      throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    files.mkdirs(folder);
    MixtureJson.write(training.mixture(), new Path(training.run().mixture()), hadoop);
    Progress own = progress.begin(training.label(), work(training));
    TrainingResult result = new BarrierTraining(spark, workers).train(training.run(), own);
    Path checkpoint = new Path(result.checkpoint());
    TrainingMeasures measures =
        TrainingMeasures.of(
            training,
            result.checkpoint(),
            ModelHash.of(CheckpointFiles.system(checkpoint, hadoop), checkpoint),
            workers.workers() * workers.threads(),
            hadoop);
    measures.write(folder, hadoop);
    progress.finished(training.label(), work(training), outcome.apply(measures));
    return measures;
  }

  private <T> CompletableFuture<T> supply(Callable<T> task) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return task.call();
          } catch (RuntimeException failure) {
            throw failure;
          } catch (Exception failure) {
            throw new CompletionException(failure);
          }
        },
        places);
  }

  @Override
  public void close() {
    places.shutdownNow();
  }
}
