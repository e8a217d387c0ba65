package io.gristmill.trainer.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.mixing.blend.BlendOrder;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.mixing.online.WeightLog;
import io.gristmill.mixing.packing.TrainingSequences;
import io.gristmill.tokenization.shard.Split;
import io.gristmill.trainer.checkpoint.CheckpointWriter;
import io.gristmill.trainer.data.ValidationBatches;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Changes the weights of a mixture every so many steps by held-out losses. All workers measure the
 * same bits, so each makes the same order by itself. The log of the weights stands in every
 * checkpoint, in a {@code mixture.json}, and at the end in that of the run.
 */
final class OnlineMixing implements Mixing {
  private final OnlineMixingConfig config;
  private final Mixture mixture;
  private final TrainingSequences sequences;
  private final ComponentScores scores;
  private final long steps;
  private final int globalBatch;
  private WeightLog log = WeightLog.none();
  private BlendOrder order;

  private OnlineMixing(
      OnlineMixingConfig config,
      Mixture mixture,
      TrainingSequences sequences,
      ComponentScores scores,
      long steps,
      int globalBatch) {
    this.config = config;
    this.mixture = mixture;
    this.sequences = sequences;
    this.scores = scores;
    this.steps = steps;
    this.globalBatch = globalBatch;
    this.order = mixture.order();
  }

  /**
   * The mixing of a run, with its reference measured.
   *
   * @param heldOut measures the run's own model
   * @param batches that it is measured on
   */
  static Mixing open(
      TrainingRun run,
      Inputs inputs,
      TrainingSequences sequences,
      HeldOutLoss heldOut,
      ValidationBatches batches,
      Worker worker,
      ThreadTeam team,
      Configuration configuration)
      throws IOException {
    OnlineMixingConfig config = run.onlineMixing();
    if (!config.on()) {
      return new PlannedMixing();
    }
    Mixture mixture = inputs.mixture();
    var components = new ComponentLosses(mixture, batches.groups());
    ComponentScores scores =
        run.reference().given()
            ? scores(
                config.method(),
                heldOut,
                components,
                run.reference()
                    .load(
                        Kernels.of(run.trainer().precision()),
                        batches,
                        run.trainer().microBatch(),
                        mixture,
                        worker,
                        team,
                        configuration))
            : ComponentScores.aboveTargets(
                heldOut, components, components.targets(config.targets()));
    return new OnlineMixing(
        config,
        mixture,
        sequences,
        scores,
        inputs.steps(run.trainer()),
        run.trainer().globalBatch());
  }

  /** Scores by a reference, of which only the losses are kept. */
  private static ComponentScores scores(
      OnlineMixingConfig.Method method,
      HeldOutLoss heldOut,
      ComponentLosses components,
      ReferenceModel.Loaded reference)
      throws IOException {
    if (method == OnlineMixingConfig.Method.DOREMI) {
      return ComponentScores.excess(
          heldOut, components, reference.heldOut().tokenLosses(reference.weights()));
    }
    List<Double> targets = components.of(reference.heldOut().measure(reference.weights(), 0));
    return ComponentScores.aboveTargets(heldOut, components, targets);
  }

  /**
   * Finds what would keep a run from changing its weights, before any work.
   *
   * @throws IllegalArgumentException naming the key and what to change
   */
  static void check(TrainingRun run, Inputs inputs, Configuration configuration)
      throws IOException {
    OnlineMixingConfig config = run.onlineMixing();
    if (!config.on()) {
      return;
    }
    Mixture mixture = inputs.mixture();
    if (mixture.phases().size() > 1) {
      throw refusal(
          config, "mixture.phases fix the ratios in advance; remove the phases or the method");
    }
    if (!mixture.log().isEmpty()) {
      throw refusal(
          config,
          "the mixture is the log of a run that changed its weights, which fixes them; plan a mixture, or remove the method");
    }
    if (mixture.components().stream().filter(Mixture.Component::used).count() < 2) {
      throw refusal(
          config, "the mixture has one component only; divide mixture.weights into several");
    }
    long most = WeightLog.MAX_SEQUENCES / run.trainer().globalBatch();
    if (config.interval() > most) {
      throw new IllegalArgumentException(
          "pretrain.online-mixing.interval is %d steps of %d sequences, must be at most %,d sequences; make it %d"
              .formatted(
                  config.interval(),
                  run.trainer().globalBatch(),
                  WeightLog.MAX_SEQUENCES,
                  Math.max(1, most)));
    }
    var components = new ComponentLosses(mixture, inputs.shards().index().groups(Split.VALIDATION));
    if (run.reference().given()) {
      run.reference().requireFits(inputs.tokenizer(), mixture, configuration);
    } else {
      components.targets(config.targets());
    }
  }

  private static IllegalArgumentException refusal(OnlineMixingConfig config, String why) {
    return new IllegalArgumentException(
        "pretrain.online-mixing.method is %s, but %s".formatted(config.method().key(), why));
  }

  @Override
  public List<ObjectNode> begin(long step, RunFolder folder) throws IOException {
    if (step > 0) {
      log = folder.mixture(step).log();
      order = log.order();
      sequences.follow(order);
      return List.of();
    }
    double whole = mixture.components().stream().mapToLong(c -> c.weights().getFirst()).sum();
    List<Double> weights =
        mixture.components().stream().map(c -> c.weights().getFirst() / whole).toList();
    return List.of(goOn(0, weights, List.of()));
  }

  @Override
  public List<ObjectNode> after(long step, Tensors parameters) throws IOException {
    if (step == steps || step % config.interval() != 0) {
      return List.of();
    }
    List<Double> measured = scores.measure(parameters, step);
    if (measured.stream().anyMatch(score -> !Double.isFinite(score))) {
      throw new TrainingStopped(
          "held-out losses above their reference are %s at step %d; lower schedule.peak or lengthen the warm-up"
              .formatted(measured, step));
    }
    List<Double> weights = config.rule().next(log.stretches().getLast().weights(), measured);
    return List.of(goOn(step, weights, measured));
  }

  /** Begins a stretch after {@code step} updates. */
  private ObjectNode goOn(long step, List<Double> weights, List<Double> measured) {
    long[] caps = mixture.components().stream().mapToLong(Mixture.Component::cap).toArray();
    long length = Math.min(config.interval(), steps - step) * globalBatch;
    log = log.then(length, weights, caps);
    order = order.then(step * globalBatch, log.stretches().getLast().turns());
    sequences.follow(order);
    return MixtureEvent.of(step, mixture, log, measured);
  }

  @Override
  public void save(CheckpointWriter writer) throws IOException {
    writer.write(
        MixtureJson.NAME, MixtureJson.text(mixture.with(log)).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<String> finish(RunFolder folder) throws IOException {
    folder.write(mixture.with(log));
    return List.of(MixtureEvent.average(mixture, log));
  }
}
