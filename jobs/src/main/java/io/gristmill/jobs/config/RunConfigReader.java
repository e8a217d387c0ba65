package io.gristmill.jobs.config;

import io.gristmill.curation.yaml.Section;
import io.gristmill.jobs.config.GenerateConfig.Prompt;
import io.gristmill.mixing.ablation.AblationDesign;
import io.gristmill.mixing.ablation.MixtureDesign;
import io.gristmill.mixing.ablation.RatioDesign;
import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.mixing.mixture.PhaseConfig;
import io.gristmill.mixing.mixture.RatioBy;
import io.gristmill.mixing.mixture.Weight;
import io.gristmill.tokenization.bpe.BpeTrainerConfig;
import io.gristmill.tokenization.bpe.TextWeight;
import io.gristmill.tokenization.shard.Rehydration;
import io.gristmill.tokenization.shard.ShardConfig;
import io.gristmill.trainer.collective.Compression;
import io.gristmill.trainer.kernel.Precision;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.optimizer.AdamWConfig;
import io.gristmill.trainer.optimizer.MuonConfig;
import io.gristmill.trainer.schedule.Decay;
import io.gristmill.trainer.simulation.Cluster;
import io.gristmill.trainer.spark.WorkersConfig;
import io.gristmill.trainer.spike.SpikesConfig;
import io.gristmill.trainer.training.ExchangeConfig;
import io.gristmill.trainer.training.LossTarget;
import io.gristmill.trainer.training.OnlineMixingConfig;
import io.gristmill.trainer.training.ScheduleConfig;
import io.gristmill.trainer.training.TrainerConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Which key of the YAML becomes which field; the defaults are those of the records. */
final class RunConfigReader {
  private static final Set<String> SAID_BY_BASE =
      Set.of("pretokenizer", "special-tokens", "reserved-tokens");

  private RunConfigReader() {}

  static RunConfig read(Section root) {
    String name = root.text("name");
    String output = root.text("output");
    long seed = root.size("seed", 0);
    Section tokenizerSection = root.section("tokenizer");
    GivenTokenizer givenTokenizer = givenTokenizer(tokenizerSection);
    BpeTrainerConfig tokenizer = tokenizer(tokenizerSection);
    Section model = root.section("model");
    Section pretrain = root.section("pretrain");
    Section optimizer = root.section("optimizer");
    MixtureConfig mixture = mixture(root.section("mixture"), seed);
    TrainerConfig trainer = trainer(pretrain, seed);
    OnlineMixingConfig onlineMixing = onlineMixing(pretrain.section("online-mixing"), mixture);
    WorkersConfig workers = workers(root.section("workers"));
    ExchangeConfig exchange = exchange(pretrain, trainer, onlineMixing, workers);
    return new RunConfig(
        name,
        output,
        CurationReader.read(root.section("curate")),
        givenTokenizer,
        tokenizer,
        shards(root.section("shards"), seed),
        mixture,
        modelFrom(model),
        ModelReader.read(model, tokenizer.vocabularySize(), mixture.sequenceLength()),
        trainer,
        onlineMixing,
        exchange,
        spikes(pretrain.section("spikes"), onlineMixing, exchange),
        optimizer(optimizer),
        muon(optimizer),
        schedule(root.section("schedule")),
        workers,
        cluster(root.section("plan").section("cluster")),
        generate(root.section("generate"), seed),
        root.has("ablate")
            ? ablation(root.section("ablate"), tokenizer.vocabularySize(), mixture).stream()
                .toList()
            : List.of());
  }

  private static TrainerConfig trainer(Section section, long seed) {
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

  private static OnlineMixingConfig onlineMixing(Section section, MixtureConfig mixture) {
    OnlineMixingConfig usual = OnlineMixingConfig.none();
    List<Section> lines = section.sections("targets");
    List<LossTarget> read =
        lines.stream().map(RunConfigReader::lossTarget).flatMap(Optional::stream).toList();
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
  private static ExchangeConfig exchange(
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

  private static SpikesConfig spikes(
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

  private static AdamWConfig optimizer(Section section) {
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

  private static MuonConfig muon(Section section) {
    boolean on =
        section.choice("kind", OptimizerKind.class, OptimizerKind.ADAMW) == OptimizerKind.MUON;
    if (!on && section.has("momentum")) {
      section.refuse("momentum", "is Muon's; remove it, or set optimizer.kind to muon");
    }
    return section
        .build(() -> new MuonConfig(on, section.number("momentum", MuonConfig.USUAL_MOMENTUM)))
        .orElse(MuonConfig.none());
  }

  private static ScheduleConfig schedule(Section section) {
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

  /** A tokenizer that is given says some keys or all, so those may not be there. */
  private static GivenTokenizer givenTokenizer(Section section) {
    String from = section.text("from", "");
    String base = section.text("extends", "");
    if (!from.isEmpty()) {
      refuseBeside(section, "from", key -> !key.equals("from"));
      return new GivenTokenizer(from, GivenTokenizer.Use.ADOPT);
    }
    if (!base.isEmpty()) {
      refuseBeside(section, "extends", SAID_BY_BASE::contains);
      return new GivenTokenizer(base, GivenTokenizer.Use.EXTEND);
    }
    return GivenTokenizer.NONE;
  }

  private static void refuseBeside(Section section, String which, Predicate<String> refused) {
    section.keys().stream()
        .filter(refused)
        .forEach(
            key ->
                section.refuse(
                    key, "stands beside tokenizer.%s, which says it; remove one".formatted(which)));
  }

  private static BpeTrainerConfig tokenizer(Section section) {
    BpeTrainerConfig usual = BpeTrainerConfig.defaults();
    List<TextWeight> weights =
        section.sections("weights").stream()
            .map(RunConfigReader::textWeight)
            .flatMap(Optional::stream)
            .toList();
    return section
        .build(
            () ->
                new BpeTrainerConfig(
                    section.wholeNumber("vocabulary-size", usual.vocabularySize()),
                    section.text("pretokenizer", usual.pretokenizer()),
                    section.texts("special-tokens", usual.specialTokens()),
                    section.wholeNumber("reserved-tokens", usual.reservedTokens()),
                    section.size("min-frequency", usual.minFrequency()),
                    section.wholeNumber("max-token-bytes", usual.maxTokenBytes()),
                    section.wholeNumber("max-piece-characters", usual.maxPieceCharacters()),
                    weights))
        .orElse(usual);
  }

  private static ShardConfig shards(Section section, long seed) {
    ShardConfig usual = ShardConfig.defaults();
    return section
        .build(
            () ->
                new ShardConfig(
                    section.size("seed", seed),
                    section.number("validation-fraction", usual.validationFraction()),
                    section.size("target-file-bytes", usual.targetFileBytes()),
                    section.wholeNumber("row-group-tokens", usual.rowGroupTokens()),
                    section.flag("domain-prefix", usual.domainPrefix()),
                    Rehydration.of(section.names("rehydration")),
                    section.names("domains")))
        .orElse(usual);
  }

  private static MixtureConfig mixture(Section section, long seed) {
    MixtureConfig usual = MixtureConfig.defaults();
    double temperature = section.number("temperature", usual.temperature());
    RatioBy by = section.choice("by", RatioBy.class, usual.by());
    List<Section> lines = section.sections("weights");
    List<Weight> weights = weights(lines);
    List<Section> phaseSections = section.sections("phases");
    List<PhaseConfig> phases =
        phaseSections.stream().map(RunConfigReader::phase).flatMap(Optional::stream).toList();
    // Where a line or phase was refused, a stand-in lets the rest be checked.
    boolean read = weights.size() == lines.size() && phases.size() == phaseSections.size();
    List<Weight> everything =
        List.of(new Weight("*", "*", temperature == 0 && by == RatioBy.WEIGHT ? 1 : Double.NaN));
    return section
        .build(
            () ->
                new MixtureConfig(
                    section.has("weights") && read ? weights : everything,
                    section.number("temperature", usual.temperature()),
                    section.choice("by", RatioBy.class, usual.by()),
                    section.size("entropy-tokens", usual.entropyTokens()),
                    read ? phases : List.of(),
                    section.wholeNumber("sequence-length", usual.sequenceLength()),
                    section.size("total-tokens", usual.totalTokens()),
                    section.number("max-epochs", usual.maxEpochs()),
                    section.choice(
                        "when-capped", usual.whenCapped().getDeclaringClass(), usual.whenCapped()),
                    section.size("seed", seed)))
        .orElse(usual);
  }

  private static List<Weight> weights(List<Section> lines) {
    return lines.stream().map(RunConfigReader::weight).flatMap(Optional::stream).toList();
  }

  private static Optional<Weight> weight(Section section) {
    List<Weight> parts = weights(section.sections("parts"));
    return section.build(
        () ->
            new Weight(
                section.text("domain", "*"),
                section.text("language", "*"),
                section.number("weight", Double.NaN),
                section.number("max-epochs", 0),
                section.number("temperature", 0),
                section.choice("by", RatioBy.class, RatioBy.WEIGHT),
                parts));
  }

  private static Optional<PhaseConfig> phase(Section section) {
    return section.build(
        () -> new PhaseConfig(section.number("share", 0), section.numbers("weights")));
  }

  private static Optional<TextWeight> textWeight(Section section) {
    return section.build(
        () ->
            new TextWeight(
                section.text("domain", "*"),
                section.text("language", "*"),
                section.number("weight", 1)));
  }

  /** The folder says the whole shape, so nothing else may. */
  private static String modelFrom(Section section) {
    String from = section.text("from", "");
    if (!from.isEmpty()) {
      section.keys().stream()
          .filter(key -> !key.equals("from"))
          .forEach(
              key -> section.refuse(key, "stands beside model.from, which says it; remove one"));
    }
    return from;
  }

  private static Optional<AblationConfig> ablation(
      Section section, int vocabularySize, MixtureConfig mixture) {
    List<AblationConfig.Size> sizes =
        section.sections("sizes").stream()
            .map(size -> size(size, vocabularySize, mixture.sequenceLength()))
            .flatMap(Optional::stream)
            .toList();
    Section trunkSection = section.section("trunk");
    long trunkTokens = trunkSection.size("tokens", 0);
    ScheduleConfig trunkSchedule = schedule(trunkSection.section("schedule"));
    Optional<AblationConfig.Trunk> trunk =
        trunkSection.build(() -> new AblationConfig.Trunk(trunkTokens, trunkSchedule));
    long tokens = section.size("tokens", 0);
    AblationConfig.Equal equal =
        section.choice("equal", AblationConfig.Equal.class, AblationConfig.Equal.TOKENS);
    int measurements = section.wholeNumber("measurements", 8);
    List<Double> tolerances = tolerances(section);
    return section.build(
        () ->
            new AblationConfig(
                design(section, mixture),
                tokens,
                equal,
                measurements,
                tolerances,
                sizes,
                trunk.orElse(new AblationConfig.Trunk(0, trunkSchedule))));
  }

  private static AblationDesign design(Section section, MixtureConfig mixture) {
    // Every key is asked for, lest the other design's be called unknown.
    int mixtures = section.wholeNumber("mixtures", 0);
    int predicted = section.wholeNumber("predict-mixtures", 0);
    List<Double> objective = section.numbers("objective");
    String domain = section.text("domain", "");
    List<Double> ratios = section.numbers("ratios");
    List<Double> predict = section.numbers("predict");
    if (!section.has("mixtures")) {
      for (String key : List.of("predict-mixtures", "objective")) {
        if (section.has(key)) {
          section.refuse(key, "belongs to ablate.mixtures, which is missing");
        }
      }
      return new RatioDesign(domain, ratios, predict, seeds(section));
    }
    for (String key : List.of("domain", "ratios", "predict", "tolerances")) {
      if (section.has(key)) {
        section.refuse(
            key, "stands beside ablate.mixtures, which draws mixtures of all lines; remove one");
      }
    }
    var design = new MixtureDesign(mixtures, predicted, objective, seeds(section), mixture.seed());
    design.check(mixture.weights());
    return design;
  }

  private static List<Double> tolerances(Section section) {
    List<Double> given = section.numbers("tolerances");
    return section.has("tolerances") || section.has("mixtures")
        ? given
        : List.of(0.01, 0.02, 0.05, 0.1);
  }

  private static List<Long> seeds(Section section) {
    return section.has("seeds")
        ? section.numbers("seeds").stream().map(Double::longValue).toList()
        : List.of(1L, 2L);
  }

  private static Optional<AblationConfig.Size> size(
      Section section, int vocabularySize, int sequenceLength) {
    ModelConfig model = ModelReader.read(section, vocabularySize, sequenceLength);
    return section.build(() -> new AblationConfig.Size(section.text("name"), model));
  }

  private static WorkersConfig workers(Section section) {
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

  private static Cluster cluster(Section section) {
    Cluster usual = Cluster.of(1, Runtime.getRuntime().availableProcessors());
    return section
        .build(
            () ->
                new Cluster(
                    section.wholeNumber("nodes", usual.nodes()),
                    section.wholeNumber("cores", usual.cores()),
                    section.number("gigaflops", usual.gigaflops()),
                    section.number("memory-gigabytes", usual.memoryGigabytes()),
                    section.number("network-gigabits", usual.networkGigabits()),
                    section.number("latency-microseconds", usual.latencyMicroseconds()),
                    section.number("storage-megabytes", usual.storageMegabytes()),
                    section.number("jitter", usual.jitter()),
                    section.number("overlap", usual.overlap()),
                    section.number("failure-hours", usual.failureHours()),
                    section.number("restart-seconds", usual.restartSeconds()),
                    section.number("watts", usual.watts()),
                    section.number("price", usual.price())))
        .orElse(usual);
  }

  private static GenerateConfig generate(Section section, long seed) {
    List<Prompt> prompts =
        section.sections("prompts").stream()
            .map(
                prompt ->
                    prompt.build(() -> new Prompt(prompt.text("language"), prompt.text("text"))))
            .flatMap(Optional::stream)
            .toList();
    return section
        .build(
            () ->
                new GenerateConfig(
                    prompts,
                    section.number("temperature", 0.7),
                    section.wholeNumber("top-k", 40),
                    section.number("top-p", 0.95),
                    section.wholeNumber("max-tokens", 128),
                    section.size("seed", seed)))
        .orElseGet(() -> new GenerateConfig(List.of(), 0.7, 40, 0.95, 128, 0));
  }
}
