package io.gristmill.trainer.spark;

import io.gristmill.trainer.checkpoint.Checkpoints;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.collective.Secret;
import io.gristmill.trainer.training.Inputs;
import io.gristmill.trainer.training.MemoryPlan;
import io.gristmill.trainer.training.MetricsFollower;
import io.gristmill.trainer.training.Progress;
import io.gristmill.trainer.training.StopRequest;
import io.gristmill.trainer.training.TrainingPaused;
import io.gristmill.trainer.training.TrainingResult;
import io.gristmill.trainer.training.TrainingRun;
import io.gristmill.trainer.training.TrainingStopped;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import scala.reflect.ClassTag;

/**
 * Trains on the executors of a Spark application, and begins again from the last checkpoint when
 * workers are lost.
 *
 * <p>Each attempt is a job of its own with one barrier result stage: such a stage is not retried by
 * Spark, so the number of workers can change between attempts, and the number of attempts is
 * counted against the progress made. Where executors come back, an attempt ends early for one with
 * more workers.
 */
public final class BarrierTraining {
  private final JavaSparkContext spark;
  private final WorkersConfig config;
  private final Configuration hadoop;
  private Fence fence = Fence.none();

  public BarrierTraining(JavaSparkContext spark, WorkersConfig config) {
    this.spark = spark;
    this.config = config;
    this.hadoop = spark.hadoopConfiguration();
  }

  /**
   * Finds what would keep a run from beginning, without touching its folder.
   *
   * @throws IllegalArgumentException if the run does not fit its data, or the cluster the run
   */
  public void check(TrainingRun run) throws IOException {
    Inputs.open(run, hadoop);
    requireStaticAllocation();
    cluster().placement(workers(run), run.trainer().slots());
  }

  /**
   * The room that the cluster has for such trainings beside each other.
   *
   * @param slots of each training
   * @throws IllegalArgumentException if it does not hold one
   */
  public Room room(int slots) throws IOException {
    return cluster().room(config, slots);
  }

  /**
   * Trains to the end of the run.
   *
   * @throws IllegalArgumentException if the run does not fit its data, or the cluster the run
   * @throws TrainingPaused if a {@link StopRequest} asks it to stop, after a checkpoint where it
   *     has made a step
   * @throws TrainingStopped if a worker found that the run cannot go on
   * @throws IOException if it failed more often than may be without a new checkpoint
   */
  public TrainingResult train(TrainingRun run, Progress progress) throws IOException {
    int sequenceLength = Inputs.open(run, hadoop).mixture().sequenceLength();
    requireStaticAllocation();
    Path folder = new Path(run.output(), "checkpoints");
    var checkpoints = new Checkpoints(folder, hadoop);
    var request = StopRequest.in(new Path(run.output()), hadoop);
    int left = config.restarts();
    int workers = config.workers();
    while (true) {
      long before = checkpoints.lastPublished().orElse(0L);
      requireNotAsked(request, before);
      Placement placement = placement(run, workers, progress);
      workers = placement.workers();
      progress.event(
          "memory: "
              + MemoryPlan.of(run, sequenceLength, placement.workers(), placement.threads(), hadoop)
                  .description());
      try {
        Optional<TrainingResult> result = attempt(run, placement, folder, progress);
        if (result.isPresent()) {
          return result.get();
        }
        left = config.restarts();
        workers = 0;
      } catch (TrainingPaused e) {
        request.withdraw();
        throw e;
      } catch (SparkException e) {
        requireFence(folder);
        long after = checkpoints.lastPublished().orElse(0L);
        requireNotAsked(request, after);
        left = after > before ? config.restarts() : left - 1;
        if (left < 0) {
          throw new IOException(
              "training failed %d times in a row without a new checkpoint, last at step %d: %s"
                  .formatted(config.restarts() + 1, after, e.getMessage()),
              e);
        }
        progress.warning(
            "training failed and begins again from step %d (%d restarts left): %s"
                .formatted(after, left, firstLines(e)));
      }
    }
  }

  /** The wish came while there were no workers to write a checkpoint. */
  private static void requireNotAsked(StopRequest request, long step) throws IOException {
    if (request.isMade()) {
      request.withdraw();
      throw new TrainingPaused(
          "stopped before any further step, as asked; the same command goes on from step %d"
              .formatted(step));
    }
  }

  /** As many workers as before, or after a wait for lost executors those that are there. */
  private Placement placement(TrainingRun run, int before, Progress progress) throws IOException {
    ClusterSize cluster = cluster();
    int slots = run.trainer().slots();
    if (before > 0 && workers(run).elastic()) {
      try {
        return cluster.placement(config.withWorkers(before), slots);
      } catch (IllegalArgumentException tooFew) {
        progress.warning(
            "no %d workers within %d s any more: going on with fewer"
                .formatted(before, config.waitSeconds()));
      }
    }
    return cluster.placement(workers(run), slots);
  }

  /**
   * A run whose result depends on the number of workers has that one, and goes on with no other.
   */
  private WorkersConfig workers(TrainingRun run) {
    return run.exchange().changesBits() ? config.withWorkers(run.exchange().workers()) : config;
  }

  /** The result; none if the attempt ended early for more workers. */
  private Optional<TrainingResult> attempt(
      TrainingRun run, Placement placement, Path folder, Progress progress)
      throws SparkException, IOException {
    fence = new Fence(UUID.randomUUID().toString());
    fence.raise(folder, hadoop);
    var task =
        new WorkerTask(
            run, placement.threads(), config.timeoutSeconds(), fence, Secret.random(), hadoop);
    List<Integer> ranks = IntStream.range(0, placement.workers()).boxed().toList();
    RDD<Integer> workers = spark.parallelize(ranks, placement.workers()).rdd();
    if (placement.taskCores() > 0) {
      ResourceProfile profile =
          new ResourceProfileBuilder()
              .require(new TaskResourceRequests().cpus(placement.taskCores()))
              .build();
      workers = workers.withResources(profile);
    }
    try (var follower = new MetricsFollower(run.output(), fence.attempt(), hadoop, progress);
        Growth growth = growth(run, placement, progress)) {
      follower.start();
      if (!spark.isLocal() && workers(run).elastic()) {
        growth.start();
      }
      Object outcomes =
          workers.barrier().mapPartitions(task, false, ClassTag.apply(Outcome.class)).collect();
      return switch (((Outcome[]) outcomes)[0]) {
        case Outcome.Finished finished -> Optional.of(finished.result());
        case Outcome.Paused paused -> {
          if (growth.hasAsked()) {
            yield Optional.empty(); // asked by somebody else too, it ends before the next attempt
          }
          throw new TrainingPaused(paused.message());
        }
        case Outcome.Stopped stopped -> throw new TrainingStopped(stopped.message());
      };
    }
  }

  private ClusterSize cluster() {
    return new ClusterSize(spark.sc(), config.waitSeconds());
  }

  private Growth growth(TrainingRun run, Placement placement, Progress progress)
      throws IOException {
    return new Growth(
        cluster(),
        config,
        run.trainer().slots(),
        placement.workers(),
        StopRequest.ofAttempt(new Path(run.output()), fence.attempt(), hadoop),
        progress);
  }

  /** An attempt that another run has put an end to is not made again: they would take turns. */
  private void requireFence(Path folder) throws IOException {
    if (!fence.isRaised(folder, hadoop)) {
      throw new TrainingStopped(
          "another run trains into %s since this one began; let one of them go on alone, or give this one another output"
              .formatted(folder.getParent()));
    }
  }

  private void requireStaticAllocation() {
    if (spark.getConf().getBoolean("spark.dynamicAllocation.enabled", false)) {
      throw new IllegalArgumentException(
          "spark.dynamicAllocation.enabled is true, but all workers of a training must stay; pass --conf spark.dynamicAllocation.enabled=false and a fixed spark.executor.instances");
    }
  }

  private static String firstLines(SparkException failure) {
    String message = String.valueOf(failure.getMessage());
    int stack = message.indexOf("\n\tat ");
    return stack < 0 ? message : message.substring(0, stack);
  }
}
