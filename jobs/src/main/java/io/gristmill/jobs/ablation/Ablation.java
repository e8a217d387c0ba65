package io.gristmill.jobs.ablation;

import io.gristmill.jobs.config.AblationConfig;
import io.gristmill.jobs.config.AblationConfig.Size;
import io.gristmill.jobs.progress.Console;
import io.gristmill.mixing.ablation.Findings;
import io.gristmill.mixing.ablation.Measure;
import io.gristmill.mixing.ablation.Trial;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.spark.WorkersConfig;
import io.gristmill.trainer.training.InitialModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trains every point of the design and reads the answer out of the losses. Each size goes its own
 * way: its trunk, the trainings of the design, what the laws foretell, then the trainings that were
 * foretold; all of them share the cluster's places.
 */
final class Ablation<F extends Findings, S extends SizeResult> {
  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final AblationPlan plan;
  private final InitialModel given;
  private final WorkersConfig workers;
  private final Question<F, S> question;
  private final LineLosses losses;
  private final Console console;
  private final Consumer<F> foretold;
  private final ExecutorService ways = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param given the model that all trainings go on from; random for a trunk or random weights
   * @param workers of each training, both numbers given
   * @param foretold hears the findings of a size before what they predict is trained
   */
  Ablation(
      JavaSparkContext spark,
      AblationPlan plan,
      Question<F, S> question,
      InitialModel given,
      WorkersConfig workers,
      Console console,
      Consumer<F> foretold) {
    this.spark = spark;
    this.hadoop = spark.hadoopConfiguration();
    this.plan = plan;
    this.given = given;
    this.workers = workers;
    this.question = question;
    this.losses = new LineLosses(plan.config().mixture().weights(), question::needs, plan.index());
    this.console = console;
    this.foretold = foretold;
  }

  private AblationConfig config() {
    return plan.ablation();
  }

  /**
   * Plans every training without running it.
   *
   * @throws IllegalArgumentException if there is too little text for one
   */
  void check(List<Size> sizes) {
    for (Size size : sizes) {
      if (config().trunk().given()) {
        plan.trunk(size, question.trunk());
      }
      trials(size).forEach(trial -> plan.mixture(trial, size.model()));
    }
  }

  /** How many trainings there are. */
  int trainings(List<Size> sizes) {
    int trunk = config().trunk().given() ? 1 : 0;
    return sizes.stream()
        .mapToInt(
            size -> trunk + trials(size).size() * plan.milestones(size.model()).parts().size())
        .sum();
  }

  private double work(List<Size> sizes) {
    return sizes.stream()
        .mapToDouble(
            size -> {
              long trunk =
                  config().trunk().given() ? plan.trunk(size, question.trunk()).tokens() : 0;
              long steps =
                  plan.milestones(size.model()).parts().stream().mapToLong(own -> own).sum();
              return Trainings.work(
                  size.model(), trunk + trials(size).size() * steps * plan.tokensPerStep());
            })
        .sum();
  }

  private List<Trial> trials(Size size) {
    return Stream.concat(
            question.trials(size.name()).stream(), question.foretold(size.name()).stream())
        .toList();
  }

  /**
   * Runs what has not run before.
   *
   * @param atOnce trainings beside each other
   * @throws IOException if a training cannot be brought to its end; the others are brought to
   *     theirs first, and none of them is run again
   */
  AblationResult run(List<Size> sizes, int atOnce) throws IOException {
    List<Size> largestFirst =
        sizes.stream()
            .sorted(Comparator.comparingLong((Size size) -> parameters(size)).reversed())
            .toList();
    var progress = new AblationProgress(console, trainings(sizes), work(sizes));
    try (var trainings = new Trainings(spark, workers, atOnce, progress)) {
      Map<Size, CompletableFuture<S>> results = new HashMap<>();
      for (Size size : largestFirst) {
        results.put(
            size, CompletableFuture.supplyAsync(() -> way(() -> size(size, trainings)), ways));
      }
      return question.answer(joined(sizes.stream().map(results::get).toList()));
    }
  }

  private static long parameters(Size size) {
    return ParameterLayout.of(size.model()).size();
  }

  private static <T> T way(Callable<T> steps) {
    try {
      return steps.call();
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new CompletionException(failure);
    }
  }

  private S size(Size size, Trainings trainings) throws IOException {
    var finished = new ArrayList<SizeResult.Finished>();
    InitialModel start = given;
    String words = given.given() ? given.folder() : "random weights";
    if (config().trunk().given()) {
      PlannedTraining trunk = plan.trunk(size, question.trunk());
      TrainingMeasures measures = joined(trainings.measures(trunk, own -> losses(own.last())));
      finished.add(finished(trunk, measures));
      start = InitialModel.of(new Path(measures.checkpoint()), hadoop);
      words = question.trunkWords(trunk.tokens());
    }
    List<TrialResult> grid = trained(size, question.trials(size.name()), start, trainings);
    List<Measure> measures = grid.stream().flatMap(own -> own.measures().stream()).toList();
    List<Double> before = start.given() ? grid.getFirst().before() : List.of();
    F findings = question.findings(size.name(), before, measures);
    foretold.accept(findings);
    List<TrialResult> later = trained(size, question.foretold(size.name()), start, trainings);
    Stream.of(grid, later).flatMap(List::stream).forEach(own -> finished.addAll(own.finished()));
    TrainingMeasures.At any = grid.getFirst().last();
    return question.size(
        findings,
        new SizeTrainings(
            parameters(size),
            words,
            losses.tokens(any),
            measures,
            later.stream().flatMap(own -> own.measures().stream()).toList(),
            finished));
  }

  /** The trials of a size, each on its own way; the losses before, of each. */
  private List<TrialResult> trained(
      Size size, List<Trial> trials, InitialModel start, Trainings trainings) {
    return joined(
        trials.stream()
            .map(
                trial ->
                    CompletableFuture.supplyAsync(
                        () -> way(() -> trial(trial, size, start, trainings)), ways))
            .toList());
  }

  private TrialResult trial(Trial trial, Size size, InitialModel start, Trainings trainings)
      throws IOException {
    var result = new TrialResult();
    Milestones milestones = plan.milestones(size.model());
    Mixture mixture = plan.mixture(trial, size.model());
    if (!milestones.decays()) {
      PlannedTraining whole = plan.training(trial, size.model(), start, mixture);
      TrainingMeasures measures = joined(trainings.measures(whole, this::change));
      result.finished(finished(whole, measures));
      for (TrainingMeasures.At at : measures.measures()) {
        result.measured(trial, at.step() * plan.tokensPerStep(), at, losses.of(at));
      }
      return result;
    }
    InitialModel at = start;
    var decays = new ArrayList<PlannedTraining>();
    var futures = new ArrayList<CompletableFuture<TrainingMeasures>>();
    for (int n = 1; n <= config().measurements(); n++) {
      PlannedTraining stable = plan.stable(trial, size.model(), at, mixture, n);
      TrainingMeasures measures = joined(trainings.measures(stable, own -> losses(own.last())));
      result.finished(finished(stable, measures));
      if (measures.first().step() == 0) {
        result.measured(trial, 0, measures.first(), losses.of(measures.first()));
      }
      at = InitialModel.branch(new Path(measures.checkpoint()), hadoop);
      decays.add(plan.decay(trial, size.model(), at, mixture, n));
      futures.add(trainings.measures(decays.getLast(), own -> losses(own.last())));
    }
    List<TrainingMeasures> ends = joined(futures);
    for (int n = 1; n <= ends.size(); n++) {
      TrainingMeasures.At last = ends.get(n - 1).last();
      result.finished(finished(decays.get(n - 1), ends.get(n - 1)));
      result.measured(trial, milestones.measured(n) * plan.tokensPerStep(), last, losses.of(last));
    }
    return result;
  }

  private static SizeResult.Finished finished(PlannedTraining training, TrainingMeasures measures) {
    return new SizeResult.Finished(
        training.label(),
        training.tokens(),
        measures.seconds() * measures.cores(),
        measures.checkpoint(),
        measures.modelSha256());
  }

  private String change(TrainingMeasures measures) {
    if (measures.first().step() > 0) {
      return losses(measures.last());
    }
    return question.change(losses.of(measures.first()), losses.of(measures.last()));
  }

  private String losses(TrainingMeasures.At at) {
    return question.words(losses.of(at));
  }

  private static <T> T joined(CompletableFuture<T> future) {
    return joined(List.of(future)).getFirst();
  }

  /** Waits for all, even where some fail: what is done is done. */
  private static <T> List<T> joined(List<CompletableFuture<T>> futures) {
    var done = new ArrayList<T>();
    var failures = new ArrayList<Throwable>();
    for (CompletableFuture<T> future : futures) {
      try {
        done.add(future.join());
      } catch (CompletionException failure) {
        failures.add(failure.getCause());
      }
    }
    if (failures.size() == 1 && failures.getFirst() instanceof RuntimeException only) {
      throw only;
    }
    if (!failures.isEmpty()) {
      throw new FailedTrainings(failures, futures.size());
    }
    return done;
  }

  /** Some trainings could not be brought to their end. */
  static final class FailedTrainings extends RuntimeException {
    private static final long serialVersionUID = 1;

    FailedTrainings(List<Throwable> failures, int of) {
      super(
          "%d of %d trainings failed; the others are kept, run again to try these once more: %s"
              .formatted(
                  failures.size(),
                  of,
                  String.join("; ", failures.stream().map(Throwable::getMessage).toList())),
          failures.getFirst());
    }
  }
}
