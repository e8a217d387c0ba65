package io.gristmill.trainer.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.trainer.checkpoint.CheckpointFiles;
import io.gristmill.trainer.checkpoint.CheckpointPublisher;
import io.gristmill.trainer.checkpoint.CheckpointWriter;
import io.gristmill.trainer.checkpoint.Checkpoints;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.checkpoint.HuggingFace;
import io.gristmill.trainer.checkpoint.Manifest;
import io.gristmill.trainer.checkpoint.TrainerState;
import io.gristmill.trainer.evaluation.BestLoss;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.spike.SpikeMemory;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The output folder of a run: {@code checkpoints/} and {@code metrics.jsonl}. */
final class RunFolder implements Closeable {
  /** The subfolder of a run's output that holds its checkpoints. */
  static final String CHECKPOINTS = "checkpoints";

  private final TrainingRun run;
  private final Configuration configuration;
  private final Checkpoints checkpoints;
  private final CheckpointPublisher publisher;
  private final JsonNode identity;
  private final int endOfText;
  private final long stableEnd;

  RunFolder(
      TrainingRun run, Configuration configuration, Kernels kernels, Mixture mixture, long steps)
      throws IOException {
    this.run = run;
    this.configuration = configuration;
    this.checkpoints = new Checkpoints(new Path(run.output(), CHECKPOINTS), configuration);
    this.publisher = new CheckpointPublisher(checkpoints, configuration);
    this.identity = RunIdentity.of(run, kernels, mixture, steps);
    this.endOfText = mixture.endOfText();
    this.stableEnd = run.schedule().stableEnd(steps);
  }

  /** The newest checkpoint whose files are all as they were written; 0 where there is none. */
  long lastGood(Consumer<String> passedOver) throws IOException {
    return checkpoints.lastGood(passedOver).orElse(0L);
  }

  /** What a message says of the checkpoints. */
  String lastGood() throws IOException {
    long good = lastGood(reason -> {});
    return good > 0
        ? "the last good checkpoint is " + checkpoint(good)
        : "there is no checkpoint yet";
  }

  Path checkpoint(long step) {
    return checkpoints.folder(step);
  }

  /** The last step before the decay, whose checkpoint is kept always; 0 where there is none. */
  long stableEnd() {
    return stableEnd;
  }

  /**
   * The last checkpoint that a run has after so many steps by its settings alone: one that was
   * written because somebody stopped it does not count, so that a stop changes nothing.
   *
   * @return its step; 0 where there is none
   */
  long rollbackPoint(long step) {
    long interval = run.trainer().checkpointInterval();
    long due = interval > 0 ? step - step % interval : 0;
    long point = stableEnd <= step ? Math.max(due, stableEnd) : due;
    return point > run.initial().step() ? point : 0;
  }

  /**
   * Makes a checkpoint the last one, after all of it was read for its checksums. Later ones are of
   * steps that nobody asked for, as a stop leaves them: a resume would go on from there.
   *
   * @throws IOException if it is damaged; the next attempt passes over it and makes it again
   */
  void rollBack(long step, Fence fence) throws IOException {
    checkpoints.verify(step);
    checkpoints.removeAfter(step, fence);
  }

  /** The file system of another folder. */
  FileSystem files(Path other) throws IOException {
    return CheckpointFiles.system(other, configuration);
  }

  FileSystem files() {
    return checkpoints.files();
  }

  /**
   * The state in a checkpoint.
   *
   * @throws TrainingStopped naming the setting, if the checkpoint is of another run
   */
  TrainerState state(long step) throws IOException {
    TrainerState state = TrainerState.read(files(), checkpoint(step));
    Optional<String> difference = state.difference(identity);
    if (difference.isPresent()) {
      throw new TrainingStopped(
          "%s is of a run with other settings: %s; restore the setting, or train into another folder than %s"
              .formatted(checkpoint(step), difference.get(), run.output()));
    }
    return state;
  }

  /**
   * The state of a checkpoint of another run that this one branches off from.
   *
   * @throws TrainingStopped naming the setting, if it could not have come from this run's data and
   *     batches, or stands at this run's end
   */
  TrainerState branch(FileSystem system, Path checkpoint, long steps) throws IOException {
    TrainerState state = TrainerState.read(system, checkpoint);
    Optional<String> difference =
        state
            .with(RunIdentity.ofBranches(state.configuration()))
            .difference(RunIdentity.ofBranches(identity));
    if (difference.isPresent()) {
      throw new TrainingStopped(
          "%s cannot be branched off from: %s; a branch goes on with the model, data and batches of its run, only schedule and steps may differ"
              .formatted(checkpoint, difference.get()));
    }
    if (state.step() >= steps) {
      throw new TrainingStopped(
          "%s is at step %d, the branch ends at step %d; give it more steps, or an earlier checkpoint"
              .formatted(checkpoint, state.step(), steps));
    }
    return state;
  }

  /** The parameters before the first step. */
  Tensors initialParameters(Llama model) throws IOException {
    return run.initial().given()
        ? run.initial().weights(model.config(), configuration)
        : model.initial(run.trainer().seed());
  }

  Tensors weights(long step) throws IOException {
    return HuggingFace.readWeights(files(), checkpoint(step), run.model());
  }

  /** Reads the weights of a checkpoint in place of others. */
  void read(long step, Tensors weights) throws IOException {
    HuggingFace.readWeights(files(), checkpoint(step), weights);
  }

  /**
   * Writes a checkpoint, what workers hold by way of {@code state}, and removes the oldest ones,
   * but not that before the decay, nor that to which a run that replaces batches may go back. It
   * may be published a while later, see {@link #published}; the one before must be.
   */
  void save(
      long step,
      long tokens,
      double loss,
      Tensors weights,
      WorkerState state,
      Fence fence,
      List<BestLoss> best,
      SpikeMemory spikes,
      Mixing mixing)
      throws IOException {
    CheckpointWriter writer = publisher.begin(step, fence);
    HuggingFace.write(writer, run.model(), weights, endOfText);
    Path tokenizer = new Path(run.tokenizer());
    FileSystem source = tokenizer.getFileSystem(configuration);
    for (String name : TokenizerFiles.NAMES) {
      if (source.exists(new Path(tokenizer, name))) {
        writer.copy(source, new Path(tokenizer, name));
      }
    }
    state.collect(writer, step);
    mixing.save(writer);
    writer.write(
        TrainerState.NAME, new TrainerState(step, tokens, loss, identity, best, spikes).json());
    Set<Long> always = new HashSet<>(Set.of(stableEnd));
    if (run.spikes().replaces()) {
      always.add(rollbackPoint(step));
    }
    publisher.publish(
        writer,
        step,
        Manifest.sha256(identity.toString()),
        fence,
        run.trainer().keepCheckpoints(),
        always);
  }

  /** The step of a checkpoint that was published since this was last asked. */
  Optional<Long> published() throws IOException {
    return publisher.published();
  }

  /** The same, after a wait for one that is on its way. */
  Optional<Long> awaitPublished() throws IOException {
    return publisher.await();
  }

  /** What the run has made of its mixture, in a checkpoint. */
  Mixture mixture(long step) throws IOException {
    return MixtureJson.read(new Path(checkpoint(step), MixtureJson.NAME), configuration);
  }

  /** Writes what the run has made of its mixture. */
  void write(Mixture mixture) throws IOException {
    try (OutputStream out = files().create(new Path(run.output(), MixtureJson.NAME), true)) {
      out.write(MixtureJson.text(mixture).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Begins or continues {@code metrics.jsonl} at {@code step}. */
  MetricsLog metrics(long step) throws IOException {
    Path path = new Path(run.output(), MetricsLog.NAME);
    return MetricsLog.open(CheckpointFiles.system(path, configuration), path, step);
  }

  @Override
  public void close() throws IOException {
    publisher.close();
  }
}
