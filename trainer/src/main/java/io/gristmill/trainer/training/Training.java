package io.gristmill.trainer.training;

import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.packing.TrainingSequences;
import io.gristmill.mixing.packing.ValidationSequences;
import io.gristmill.trainer.data.BatchBuffer;
import io.gristmill.trainer.data.TrainingBatches;
import io.gristmill.trainer.data.ValidationBatches;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.Workspace;
import io.gristmill.trainer.spike.SpikeWatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * One worker's part in a run: opens the data, and trains from the last good checkpoint to the end.
 * With {@link Worker#alone} it is a whole run in a plain {@code main}.
 */
public final class Training {
  private Training() {}

  /**
   * Trains to the end of the run; a run that is complete returns at once.
   *
   * @param progress hears worker 0's progress
   * @throws TrainingPaused if the run was asked to stop, after a checkpoint
   * @throws TrainingStopped if the loss is no longer finite, or the run does not fit its
   *     checkpoints
   * @throws IllegalArgumentException if the model does not fit the data
   * @throws IOException if a file cannot be read or written, or a peer is lost
   */
  public static TrainingResult run(
      TrainingRun run, Worker worker, Configuration configuration, Progress progress)
      throws IOException {
    Inputs inputs = Inputs.open(run, configuration);
    Mixture mixture = inputs.mixture();
    TrainerConfig config = run.trainer();
    if (config.slots() % worker.group().size() != 0) {
      throw new IllegalArgumentException(
          "pretrain.slots is %d, must be at least the %d workers; 16 is usual"
              .formatted(config.slots(), worker.group().size()));
    }
    run.exchange().requireWorkers(worker.group().size());
    Kernels kernels = Kernels.of(config.precision());
    MemoryPlan.of(
            run, mixture.sequenceLength(), worker.group().size(), worker.threads(), configuration)
        .requireFits(Runtime.getRuntime().maxMemory(), worker.inThisProcess());
    try (TrainingSequences training = TrainingSequences.open(mixture, inputs.shards());
        ValidationSequences heldOut =
            ValidationSequences.open(inputs.shards(), mixture.sequenceLength());
        ThreadTeam team = new ThreadTeam(worker.threads())) {
      var batches =
          new TrainingBatches(training, config.globalBatch(), config.slots(), config.microBatch());
      if (run.spikes().replaces()) {
        training.goBeyond(); // to the batches that take the place of others
      }
      long steps = inputs.steps(config);
      Llama model = new Llama(run.model(), kernels);
      List<Desk> desks =
          desks(model, config.microBatch(), config.keep(), mixture, worker.threads());
      var validation =
          new ValidationBatches(
              heldOut,
              mixture.sequenceLength(),
              config.microBatch(),
              config.validationTokens(),
              ByteLengths.of(inputs.tokenizer()));
      var slots =
          new SlotGradients(
              model,
              config,
              batches,
              team,
              desks,
              worker.group().rank() * (config.slots() / worker.group().size()),
              config.slots() / worker.group().size(),
              worker.cancelled());
      var heldOutLoss = new HeldOutLoss(model, validation, worker.group(), team, desks);
      Mixing mixing =
          OnlineMixing.open(
              run, inputs, training, heldOutLoss, validation, worker, team, configuration);
      var updates = new Updates(run.optimizer(), run.muon(), run.exchange(), config.clip());
      try (var place = new RunFolder(run, configuration, kernels, mixture, steps);
          var loop =
              new TrainingLoop(
                  run,
                  place,
                  worker,
                  model,
                  updates.of(
                      model,
                      worker.group(),
                      team,
                      new Rounds(run.exchange().localSteps(), place.stableEnd(), steps)),
                  batches,
                  slots,
                  heldOutLoss,
                  mixing,
                  new SpikeWatch(run.spikes(), steps, place::rollbackPoint),
                  progress)) {
        return loop.run(steps, batches.tokensPerStep());
      }
    }
  }

  /** Of threads that compute no gradients. */
  static List<Desk> desks(Llama model, int microBatch, Mixture mixture, int threads) {
    return desks(model, microBatch, Workspace.Keep.INPUTS, mixture, threads);
  }

  private static List<Desk> desks(
      Llama model, int microBatch, Workspace.Keep keep, Mixture mixture, int threads) {
    List<Desk> desks = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      desks.add(
          new Desk(
              model.workspace(microBatch, mixture.sequenceLength(), keep),
              new BatchBuffer(microBatch, mixture.sequenceLength(), mixture.endOfText())));
    }
    return desks;
  }
}
