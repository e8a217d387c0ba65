package io.gristmill.jobs.config;

import io.gristmill.curation.yaml.Section;
import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.trainer.collective.Compression;
import io.gristmill.trainer.kernel.Precision;
import io.gristmill.trainer.optimizer.AdamWConfig;
import io.gristmill.trainer.optimizer.MuonConfig;
import io.gristmill.trainer.schedule.Decay;
import io.gristmill.trainer.spark.WorkersConfig;
import io.gristmill.trainer.spike.SpikesConfig;
import io.gristmill.trainer.training.ExchangeConfig;
import io.gristmill.trainer.training.LossTarget;
import io.gristmill.trainer.training.OnlineMixingConfig;
import io.gristmill.trainer.training.ScheduleConfig;
import io.gristmill.trainer.training.TrainerConfig;
import java.util.List;
import java.util.Optional;

/** How a model is trained: batches, optimizer, schedule, exchange between workers, spikes. */
final class TrainingReader {
  private TrainingReader() {}

  static TrainerConfig trainer(Section section, long seed) {
    TrainerConfig usual = TrainerConfig.defaults();
    return section
        .build(
            () ->
                new TrainerConfig(
                    section.size("steps", usual.steps()),
                    section.wholeNumber("global-batch", usual.globalBatch()),
                    section.wholeNumber("micro-batch", usual.microBatch()),
                    section.wholeNumber("slots", usual.slots()),
                    section.number("clip", usual.clip()),
                    section.size("validation-interval", usual.validationInterval()),
                    section.size("validation-tokens", usual.validationTokens()),
                    section.size("checkpoint-interval", usual.checkpointInterval()),
                    section.wholeNumber("keep-checkpoints", usual.keepCheckpoints()),
                    section.size("seed", seed),
                    section.number("dropout", usual.dropout()),
                    section.number("z-loss", usual.zLoss()),
                    section.flag("recompute", usual.recompute()),
                    section.choice("precision", Precision.class, usual.precision())))
        .orElse(usual);
  }

  static OnlineMixingConfig onlineMixing(Section section, MixtureConfig mixture) {
    OnlineMixingConfig usual = OnlineMixingConfig.none();
    List<Section> lines = section.sections("targets");
    List<LossTarget> read =
        lines.stream().map(TrainingReader::lossTarget).flatMap(Optional::stream).toList();
    // Where a line was refused, a stand-in lets the rest be checked.
    List<LossTarget> targets =
        read.size() == lines.size() ? read : List.of(new LossTarget("*", "*", 1));
    OnlineMixingConfig config =
        section
            .build(
                () ->
                    new OnlineMixingConfig(
                        section.choice("method", OnlineMixingConfig.Method.class, usual.method()),
                        section.size("interval", usual.interval()),
                        section.number("eta", usual.eta()),
                        section.number("floor", usual.floor()),
                        targets,
                        section.text("reference", usual.reference())))
            .orElse(usual);
    if (config.on() && !mixture.phases().isEmpty()) {
      section.refuse(
          "method", "stands beside mixture.phases, which fix the ratios in advance; remove one");
    }
    return config;
  }

  /** With these, how a run is spread over a cluster is part of what comes out. */
  static ExchangeConfig exchange(
      Section section,
      TrainerConfig trainer,
      OnlineMixingConfig onlineMixing,
      WorkersConfig workers) {
    ExchangeConfig usual = ExchangeConfig.synchronous();
    return section
        .build(
            () -> {
              var exchange =
                  new ExchangeConfig(
                      section.choice("compression", Compression.class, usual.compression()),
                      section.size("local-steps", usual.localSteps()),
                      section.number("outer-learning-rate", usual.outerLearningRate()),
                      section.number("outer-momentum", usual.outerMomentum()),
                      workers.workers());
              exchange.requireFits(trainer, onlineMixing);
              return exchange;
            })
        .orElse(usual);
  }

  static SpikesConfig spikes(
      Section section, OnlineMixingConfig onlineMixing, ExchangeConfig exchange) {
    SpikesConfig usual = SpikesConfig.off();
    SpikesConfig config =
        section
            .build(
                () ->
                    new SpikesConfig(
                        section.choice("policy", SpikesConfig.Policy.class, usual.policy()),
                        section.wholeNumber("window", usual.window()),
                        section.number("sigma", usual.sigma())))
            .orElse(usual);
    if (config.replaces() && onlineMixing.on()) {
      section.refuse(
          "policy",
          "is replace, whose batches come after the last step's in the order of the mixture, but online-mixing makes that order as it goes; set it to skip, or remove online-mixing");
    }
    if (config.on() && exchange.trainsAlone()) {
      section.refuse(
          "policy",
          "is %s, but with pretrain.local-steps %d each worker makes updates of its own, which no other can refuse; set it to off, or local-steps to 1"
              .formatted(config.policy().key(), exchange.localSteps()));
    }
    return config;
  }

  private static Optional<LossTarget> lossTarget(Section section) {
    return section.build(
        () ->
            new LossTarget(
                section.text("domain", "*"),
                section.text("language", "*"),
                section.number("loss", 0)));
  }

  static AdamWConfig optimizer(Section section) {
    AdamWConfig usual = AdamWConfig.defaults();
    return section
        .build(
            () ->
                new AdamWConfig(
                    section.number("beta1", usual.beta1()),
                    section.number("beta2", usual.beta2()),
                    section.number("epsilon", usual.epsilon()),
                    section.number("weight-decay", usual.weightDecay())))
        .orElse(usual);
  }

  private enum OptimizerKind {
    ADAMW,
    MUON
  }

  static MuonConfig muon(Section section) {
    boolean on =
        section.choice("kind", OptimizerKind.class, OptimizerKind.ADAMW) == OptimizerKind.MUON;
    if (!on && section.has("momentum")) {
      section.refuse("momentum", "is Muon's; remove it, or set optimizer.kind to muon");
    }
    return section
        .build(() -> new MuonConfig(on, section.number("momentum", MuonConfig.USUAL_MOMENTUM)))
        .orElse(MuonConfig.none());
  }

  static ScheduleConfig schedule(Section section) {
    ScheduleConfig usual = ScheduleConfig.defaults();
    return section
        .build(
            () ->
                new ScheduleConfig(
                    section.choice("kind", ScheduleConfig.Kind.class, usual.kind()),
                    section.number("peak", usual.peak()),
                    section.number("warmup", usual.warmup()),
                    section.number("decay", usual.decay()),
                    section.choice("decay-curve", Decay.class, usual.decayCurve()),
                    section.number("minimum-ratio", usual.minimumRatio()),
                    section.number("amplitude", usual.amplitude()),
                    section.number("exponent", usual.exponent())))
        .orElse(usual);
  }

  static WorkersConfig workers(Section section) {
    WorkersConfig usual = WorkersConfig.defaults();
    return section
        .build(
            () ->
                new WorkersConfig(
                    section.wholeNumber("workers", usual.workers()),
                    section.wholeNumber("minimum", usual.minimum()),
                    section.wholeNumber("threads", usual.threads()),
                    section.wholeNumber("timeout-seconds", usual.timeoutSeconds()),
                    section.wholeNumber("restarts", usual.restarts()),
                    section.wholeNumber("wait-seconds", usual.waitSeconds())))
        .orElse(usual);
  }
}
