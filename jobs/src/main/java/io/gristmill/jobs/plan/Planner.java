package io.gristmill.jobs.plan;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.mixing.law.scaling.RepeatedData;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.trainer.checkpoint.CheckpointFiles;
import io.gristmill.trainer.checkpoint.HuggingFace;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.simulation.Cluster;
import io.gristmill.trainer.simulation.Simulation;
import io.gristmill.trainer.simulation.StepCosts;
import io.gristmill.trainer.simulation.StepMeasurement;
import io.gristmill.trainer.simulation.Workload;
import io.gristmill.trainer.training.MemoryPlan;
import io.gristmill.trainer.training.TrainerConfig;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Makes the plan of a configuration; of the run's files it needs the shards' index, if that. */
public final class Planner {
  /** Hoffmann et al. 2022, arXiv 2203.15556, table 3. */
  private static final double COMPUTE_OPTIMAL = 20;

  /** Hu et al. 2024, arXiv 2404.06395, section 4.5. */
  private static final double WSD_OPTIMAL = 192;

  /** Slots of a thread in a measured step: two, so that some are added. */
  private static final int MEASURED_SLOTS = 2;

  private final RunConfig config;
  private final Configuration hadoop;
  private final Function<Shards, Mixture> mixtures;
  private final Consumer<String> log;

  /**
   * @param mixtures plans the run's mixture of the shards that there are
   * @param log hears what takes long
   */
  public Planner(
      RunConfig config,
      Configuration hadoop,
      Function<Shards, Mixture> mixtures,
      Consumer<String> log) {
    this.config = config;
    this.hadoop = hadoop;
    this.mixtures = mixtures;
    this.log = log;
  }

  /**
   * The plan.
   *
   * @throws IllegalArgumentException if the tokens of the run are not known, or a worker does not
   *     fit this process's heap, saying what to set
   */
  public Plan plan() throws IOException {
    Optional<Shards> shards = shards();
    ModelConfig model = model(shards);
    TrainerConfig trainer = config.pretrain();
    int length = config.mixture().sequenceLength();
    long batchTokens = (long) trainer.globalBatch() * length;
    Optional<Mixture> mixture = shards.map(mixtures);
    Plan.Data data = data(mixture, batchTokens);
    ParameterLayout layout = ParameterLayout.of(model);
    long parameters = layout.size();
    long nonVocabulary = layout.nonVocabulary();
    long unique = data.known() ? data.unique() : data.tokens();
    double loss =
        RepeatedData.published().loss((double) parameters, (double) data.tokens(), (double) unique);
    var training =
        new Plan.Training(
            Math.max(1, data.tokens() / batchTokens),
            batchTokens,
            (double) data.tokens() / parameters,
            COMPUTE_OPTIMAL,
            WSD_OPTIMAL,
            loss);
    Cluster cluster = config.cluster();
    Optional<StepMeasurement> measured =
        cluster.measured() ? Optional.of(measure(model, length)) : Optional.empty();
    StepCosts costs =
        measured
            .map(StepMeasurement::costs)
            .orElseGet(() -> StepCosts.given(cluster, model, length));
    var workload = new Workload(model, trainer, length, data.tokens());
    return new Plan(
        config.name(),
        new Plan.Model(parameters, nonVocabulary, model.trainingFlopsPerToken(length)),
        data,
        training,
        Recommendation.of(
            config.schedule(),
            (double) nonVocabulary,
            (double) parameters,
            data.tokens(),
            batchTokens,
            loss),
        cluster,
        costs,
        measured.map(m -> description(m, model, length)).orElse(""),
        new Simulation(workload, cluster, costs, trainer.seed()).run());
  }

  private Optional<Shards> shards() throws IOException {
    Path folder = config.folders().shards();
    boolean there = folder.getFileSystem(hadoop).exists(new Path(folder, Shards.INDEX));
    return there ? Optional.of(Shards.open(folder, hadoop)) : Optional.empty();
  }

  private ModelConfig model(Optional<Shards> shards) throws IOException {
    if (!config.modelFrom().isEmpty()) {
      Path from = new Path(config.modelFrom());
      return HuggingFace.readConfig(CheckpointFiles.system(from, hadoop), from);
    }
    return shards
        .map(found -> config.model().withVocabulary(found.index().vocabularySize()))
        .orElse(config.model());
  }

  private Plan.Data data(Optional<Mixture> mixture, long batchTokens) {
    long steps = config.pretrain().steps();
    long mixed = mixture.map(Mixture::tokens).orElse(config.mixture().totalTokens());
    long tokens = steps > 0 ? steps * batchTokens : mixed / batchTokens * batchTokens;
    if (tokens == 0) {
      throw new IllegalArgumentException(
          mixed > 0
              ? "the mixture has %,d tokens, a step takes %,d; mix more, or make pretrain.global-batch smaller"
                  .formatted(mixed, batchTokens)
              : "how many tokens the run trains on is not known: %s does not exist yet, and mixture.total-tokens and pretrain.steps are 0; pass --set mixture.total-tokens=2G, or tokenize first"
                  .formatted(new Path(config.folders().shards(), Shards.INDEX)));
    }
    if (mixture.isEmpty()) {
      return new Plan.Data(tokens, 0, 1, List.of());
    }
    RepeatedData law = RepeatedData.published();
    double share = (double) tokens / mixture.get().tokens();
    List<Mixture.Component> used =
        mixture.get().components().stream().filter(Mixture.Component::used).toList();
    double seen = 0; // a component of less than an epoch is not seen whole
    for (Mixture.Component component : used) {
      seen += component.tokens() * Math.min(1, share * component.epochs());
    }
    return new Plan.Data(
        tokens,
        Math.clamp((long) seen, 1, tokens), // the rest of an epoch that fills no sequence is not
        share,
        used.stream().map(component -> component(component, law)).toList());
  }

  private static Plan.Component component(Mixture.Component component, RepeatedData law) {
    double epochs = component.epochs();
    return new Plan.Component(
        component.label(),
        component.share(),
        component.tokens(),
        epochs,
        law.uniqueEquivalent(epochs),
        law.nextEpoch(epochs));
  }

  private StepMeasurement measure(ModelConfig model, int length) throws IOException {
    TrainerConfig trainer = config.pretrain();
    int threads = Math.min(config.cluster().cores(), Runtime.getRuntime().availableProcessors());
    try {
      MemoryPlan.of(model, trainer, length, 1, threads)
          .requireFits(Runtime.getRuntime().maxMemory(), 1);
    } catch (IllegalArgumentException tooLarge) {
      throw new IllegalArgumentException(
          "a worker cannot be measured here: %s; or give plan.cluster.gigaflops, and nothing is measured"
              .formatted(tooLarge.getMessage()),
          tooLarge);
    }
    log.accept(
        "measuring a worker of %d %s; plan.cluster.gigaflops spares it"
            .formatted(threads, threads == 1 ? "thread" : "threads"));
    return StepMeasurement.of(
        Kernels.of(trainer.precision()),
        model,
        threads,
        MEASURED_SLOTS,
        trainer.microBatch(),
        length);
  }

  private static String description(StepMeasurement measured, ModelConfig model, int length) {
    return String.format(
        Locale.ROOT,
        "one worker with %d threads on this machine, median of %d steps: %s tokens/s a thread, %s GFLOP/s a thread; the exchange between two ends on the loopback",
        measured.threads(),
        measured.steps(),
        Figures.brief(1 / measured.costs().token()),
        Figures.measure(model.trainingFlopsPerToken(length) / measured.costs().token() / 1e9));
  }
}
