package io.gristmill.jobs.ablation;

import io.gristmill.jobs.config.AblationConfig;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.mixing.ablation.Trial;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.mixing.mixture.MixturePlanner;
import io.gristmill.mixing.mixture.Weight;
import io.gristmill.mixing.mixture.WhenCapped;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Split;
import io.gristmill.trainer.checkpoint.Manifest;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.training.InitialModel;
import io.gristmill.trainer.training.RunIdentity;
import io.gristmill.trainer.training.ScheduleConfig;
import io.gristmill.trainer.training.TrainerConfig;
import io.gristmill.trainer.training.TrainingRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;

/**
 * Turns the design into trainings that can be run: the mixture of each, its length in whole steps,
 * a folder by what determines its measures.
 *
 * @param shards folder
 * @param tokenizer folder
 * @param trainings folder below which each training has its own
 */
record AblationPlan(
    RunConfig config,
    AblationConfig ablation,
    ShardIndex index,
    String shards,
    String tokenizer,
    String trainings) {
  private static final int VERSION = 1;

  AblationPlan {
    if (config.mixture().temperature() != 0) {
      throw new IllegalArgumentException(
          "mixture.temperature stands beside ablate, which varies weights; give each line of"
              + " mixture.weights a weight");
    }
    if (!config.mixture().phases().isEmpty()) {
      throw new IllegalArgumentException(
          "mixture.phases stand beside ablate, which has one ratio a training; remove them");
    }
    if (config.mixture().wantsEntropies()) {
      throw new IllegalArgumentException(
          "mixture.by stands beside ablate, which varies weights; give each line of mixture.weights a weight");
    }
    if (config.onlineMixing().on()) {
      throw new IllegalArgumentException(
          "pretrain.online-mixing stands beside ablate, which compares fixed ratios; remove it");
    }
    if (config.exchange().changesBits()) {
      throw new IllegalArgumentException(
          "pretrain.%s stands beside ablate, whose trainings must not depend on the number of workers; remove it"
              .formatted(config.exchange().trainsAlone() ? "local-steps" : "compression"));
    }
    if (config.schedule().kind() == ScheduleConfig.Kind.COSINE && ablation.measurements() > 1) {
      throw new IllegalArgumentException(
          "schedule.kind is cosine, whose rate is right at the end of a training only; set"
              + " ablate.measurements to 1, or use wsd, power or constant");
    }
  }

  /** The training that those of the size go on from, with these weights of the lines. */
  PlannedTraining trunk(AblationConfig.Size size, List<Double> weights) {
    AblationConfig.Trunk trunk = ablation.trunk();
    long steps = Math.ceilDiv(trunk.tokens(), tokensPerStep());
    String label = size.name() + ", trunk";
    return planned(
        label,
        size.name() + "-trunk",
        size.model(),
        InitialModel.random(),
        trunk.schedule(),
        mixture(label, weights, config.mixture().seed(), steps),
        steps,
        0,
        config.pretrain().seed());
  }

  /**
   * The mixture of a point of the design, which all of its trainings have in common.
   *
   * @throws IllegalArgumentException if there is too little text, saying of what and what would do
   */
  Mixture mixture(Trial trial, ModelConfig model) {
    return mixture(trial.label(), trial.weights(), trial.seed(), steps(model));
  }

  /** One training of the design, on its mixture. */
  PlannedTraining training(Trial trial, ModelConfig model, InitialModel initial, Mixture mixture) {
    long steps = steps(model);
    return planned(
        trial.label(),
        "%s-%s-s%d".formatted(trial.size(), trial.name(), trial.seed()),
        model,
        initial,
        config.schedule(),
        mixture,
        steps,
        steps / ablation.measurements(),
        trial.seed());
  }

  /** When the trainings of a model are measured. */
  Milestones milestones(ModelConfig model) {
    ScheduleConfig schedule = config.schedule();
    boolean decays =
        ablation.measurements() > 1
            && schedule.decay() > 0
            && schedule.kind() != ScheduleConfig.Kind.CONSTANT;
    return new Milestones(
        steps(model), ablation.measurements(), schedule.warmup(), decays ? schedule.decay() : 0);
  }

  /** The stable part from the one before to where the n-th decay begins, n from 1. */
  PlannedTraining stable(
      Trial trial, ModelConfig model, InitialModel initial, Mixture mixture, int n) {
    Milestones milestones = milestones(model);
    return stretch(
        trial, model, initial, mixture, "stable-%d".formatted(n), milestones.stableEnd(n), 0);
  }

  /** The n-th decay. */
  PlannedTraining decay(
      Trial trial, ModelConfig model, InitialModel initial, Mixture mixture, int n) {
    Milestones milestones = milestones(model);
    return stretch(
        trial,
        model,
        initial,
        mixture,
        "decay-%d".formatted(n),
        milestones.measured(n),
        milestones.decaySteps(n));
  }

  private PlannedTraining stretch(
      Trial trial,
      ModelConfig model,
      InitialModel initial,
      Mixture mixture,
      String part,
      long end,
      long decaySteps) {
    String label = "%s, %s".formatted(trial.label(), part);
    return planned(
        label,
        "%s-%s-s%d-%s".formatted(trial.size(), trial.name(), trial.seed(), part),
        model,
        initial,
        schedule(milestones(model).warmupSteps(), decaySteps),
        mixture,
        end,
        0,
        trial.seed());
  }

  private ScheduleConfig schedule(long warmupSteps, long decaySteps) {
    ScheduleConfig usual = config.schedule();
    return new ScheduleConfig(
        usual.kind(),
        usual.peak(),
        (double) warmupSteps,
        (double) decaySteps,
        usual.decayCurve(),
        usual.minimumRatio(),
        usual.amplitude(),
        usual.exponent());
  }

  /** Steps of a training, as many times the measurements as its tokens need at least. */
  private long steps(ModelConfig model) {
    long tokens =
        switch (ablation.equal()) {
          case TOKENS -> ablation.tokens();
          case COMPUTE -> Math.round(ablation.tokens() * (parameters(first()) / parameters(model)));
        };
    return Math.max(1, Math.ceilDiv(tokens, tokensPerStep() * ablation.measurements()))
        * ablation.measurements();
  }

  private ModelConfig first() {
    return ablation.sizes().isEmpty() ? config.model() : ablation.sizes().getFirst().model();
  }

  private static double parameters(ModelConfig model) {
    return (double) ParameterLayout.of(model).size();
  }

  long tokensPerStep() {
    return (long) config.pretrain().globalBatch() * config.mixture().sequenceLength();
  }

  private PlannedTraining planned(
      String label,
      String name,
      ModelConfig model,
      InitialModel initial,
      ScheduleConfig schedule,
      Mixture mixture,
      long steps,
      long validationInterval,
      long seed) {
    TrainerConfig usual = config.pretrain();
    var trainer =
        new TrainerConfig(
            steps,
            usual.globalBatch(),
            usual.microBatch(),
            usual.slots(),
            usual.clip(),
            validationInterval,
            usual.validationTokens(),
            usual.checkpointInterval(),
            1,
            seed,
            usual.dropout(),
            usual.zLoss(),
            usual.recompute(),
            usual.precision());
    var run =
        new TrainingRun(
                withVocabulary(model),
                initial,
                trainer,
                config.optimizer(),
                schedule,
                shards,
                "",
                tokenizer,
                "")
            .with(config.muon());
    String identity = identity(run, mixture, steps);
    Path folder = new Path(trainings, name + "-" + identity.substring(0, 8));
    return new PlannedTraining(
        label,
        identity,
        run.at(new Path(folder, MixtureJson.NAME).toString(), folder.toString()),
        mixture,
        steps);
  }

  /** Other held-out text or other moments of measuring are other measures of the same training. */
  private String identity(TrainingRun run, Mixture mixture, long steps) {
    String heldOut =
        index.groups(Split.VALIDATION).stream()
            .map(group -> group.label() + " " + group.sha256())
            .collect(Collectors.joining("\n"));
    return Manifest.sha256(
        "%d %s %d %d\n%s"
            .formatted(
                VERSION,
                RunIdentity.sha256(run, mixture, steps),
                run.trainer().validationInterval(),
                run.trainer().validationTokens(),
                heldOut));
  }

  /** The vocabulary can have come out smaller than asked for; a model of a folder has its own. */
  ModelConfig withVocabulary(ModelConfig model) {
    return config.modelFrom().isEmpty() ? model.withVocabulary(index.vocabularySize()) : model;
  }

  /** The largest share of each line that its text allows in the longest of the trainings. */
  List<Double> mostShares(List<AblationConfig.Size> sizes) {
    long tokens =
        sizes.stream().mapToLong(size -> steps(size.model())).max().orElseThrow() * tokensPerStep();
    List<Weight> lines = config.mixture().weights();
    var most = new ArrayList<Double>();
    for (int i = 0; i < lines.size(); i++) {
      var alone = new ArrayList<Double>(Collections.nCopies(lines.size(), 0.0));
      alone.set(i, 1.0);
      most.add(
          lines.get(i).weight() == 0
              ? 0
              : Math.min(1, (double) shrunk(alone, 0, tokens).tokens() / tokens));
    }
    return List.copyOf(most);
  }

  private Mixture shrunk(List<Double> weights, long seed, long tokens) {
    MixtureConfig usual = config.mixture();
    List<Weight> lines =
        IntStream.range(0, weights.size())
            .mapToObj(i -> usual.weights().get(i).withWeight(weights.get(i)))
            .toList();
    return MixturePlanner.plan(
        new MixtureConfig(
            lines,
            0,
            List.of(),
            usual.sequenceLength(),
            tokens,
            usual.maxEpochs(),
            WhenCapped.SHRINK,
            seed),
        index);
  }

  /**
   * The mixture with these weights of the lines, of exactly so many steps.
   *
   * @throws IllegalArgumentException if there is too little text, saying of what and what would do
   */
  private Mixture mixture(String label, List<Double> weights, long seed, long steps) {
    MixtureConfig usual = config.mixture();
    Mixture mixture = shrunk(weights, seed, steps * tokensPerStep());
    if (mixture.shrunk()) {
      String scarce =
          mixture.limiting().stream()
              .map(
                  own ->
                      "%s has %,d tokens and gives %,d in %s epochs"
                          .formatted(
                              own.label(),
                              own.tokens(),
                              Math.round(
                                  own.maxEpochs() * own.epochSequences() * usual.sequenceLength()),
                              own.maxEpochs()))
              .collect(Collectors.joining("; "));
      throw new IllegalArgumentException(
          "%s needs %,d tokens, the mixture has %,d at this ratio: %s. Lower ablate.tokens or ablate.trunk.tokens to at most that, raise mixture.max-epochs, or leave the ratio out"
              .formatted(label, steps * tokensPerStep(), mixture.tokens(), scarce));
    }
    return mixture;
  }
}
