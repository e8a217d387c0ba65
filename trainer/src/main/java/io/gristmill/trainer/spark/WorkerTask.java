package io.gristmill.trainer.spark;

import io.gristmill.tokenization.shard.DamagedShardException;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.Listener;
import io.gristmill.trainer.collective.Patience;
import io.gristmill.trainer.collective.Secret;
import io.gristmill.trainer.collective.WorkerAddress;
import io.gristmill.trainer.training.Progress;
import io.gristmill.trainer.training.StopRequest;
import io.gristmill.trainer.training.StopWatcher;
import io.gristmill.trainer.training.Training;
import io.gristmill.trainer.training.TrainingPaused;
import io.gristmill.trainer.training.TrainingRun;
import io.gristmill.trainer.training.TrainingStopped;
import io.gristmill.trainer.training.Worker;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.util.SerializableConfiguration;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** The body of a barrier task: meets the other workers, and trains. */
final class WorkerTask extends AbstractFunction1<Iterator<Integer>, Iterator<Outcome>>
    implements Serializable {
  private static final long serialVersionUID = 1;

  private final String run;
  private final int threads;
  private final int timeoutSeconds;
  private final String attempt;
  private final Secret secret;
  private final SerializableConfiguration configuration;

  WorkerTask(
      TrainingRun run,
      int threads,
      int timeoutSeconds,
      Fence fence,
      Secret secret,
      Configuration configuration) {
    this.run = run.toJson();
    this.threads = threads;
    this.timeoutSeconds = timeoutSeconds;
    this.attempt = fence.attempt();
    this.secret = secret;
    this.configuration = new SerializableConfiguration(configuration);
  }

  @Override
  public Iterator<Outcome> apply(Iterator<Integer> ranks) {
    return Iterator.single(train(BarrierTaskContext.get()));
  }

  private Outcome train(BarrierTaskContext context) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new Outcome.Stopped(
          "executors run without the Vector API; add --add-modules=jdk.incubator.vector to spark.executor.extraJavaOptions");
    }
    TrainingRun own = TrainingRun.parse(run);
    int rank = context.partitionId();
    String host = WorkerAddress.host(context.getTaskInfos()[rank].address());
    try (Listener listener = Listener.bind(host)) {
      List<WorkerAddress> addresses =
          Arrays.stream(context.allGather(listener.address().toString()))
              .map(WorkerAddress::parse)
              .toList();
      try (Group group =
          Group.connect(
              rank,
              addresses,
              listener,
              secret,
              Patience.ofSilence(timeoutSeconds),
              context::isInterrupted)) {
        var worker =
            new Worker(
                group,
                threads,
                inThisProcess(context),
                new Fence(attempt),
                context::isInterrupted,
                stops(new Path(own.output())));
        return new Outcome.Finished(
            Training.run(own, worker, configuration.value(), Progress.silent()));
      }
    } catch (TrainingPaused e) {
      return new Outcome.Paused(e.getMessage());
    } catch (TrainingStopped | IllegalArgumentException | DamagedShardException e) {
      return new Outcome.Stopped(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("worker %d: %s".formatted(rank, e.getMessage()), e);
    }
  }

  private StopWatcher stops(Path output) throws IOException {
    return new StopWatcher(
        StopRequest.in(output, configuration.value()),
        StopRequest.ofAttempt(output, attempt, configuration.value()));
  }

  /** Workers whose executor is this one. */
  private static int inThisProcess(BarrierTaskContext context) {
    String here = context.getTaskInfos()[context.partitionId()].address();
    return (int)
        Arrays.stream(context.getTaskInfos()).filter(task -> task.address().equals(here)).count();
  }
}
