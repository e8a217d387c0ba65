package io.gristmill.mixing.ablation;

import io.gristmill.mixing.law.fit.Bootstrap;
import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Interval;
import io.gristmill.mixing.law.fit.Observation;
import io.gristmill.mixing.law.fit.Range;
import io.gristmill.mixing.law.mixture.MixingLaw;
import io.gristmill.mixing.law.mixture.MixtureSearch;
import io.gristmill.mixing.law.mixture.Ridge;
import io.gristmill.mixing.mixture.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Reads the best mixture out of the losses of one size: a law for the loss of each line, the
 * mixture of the least weighted loss by them, and what of it is not known.
 */
public final class MixtureAnalysis {
  /** The best thousandth of the draws is averaged, as in {@link MixtureSearch}. */
  private static final int DRAWS = 100_000;

  private static final int AVERAGED = 100;

  /** Fewer for each resample: the spread that these add is small beside that of the laws. */
  private static final int RESAMPLE_DRAWS = 10_000;

  private static final int RESAMPLE_AVERAGED = 10;

  /** As in the published ablation of the linear predictor. */
  private static final double LAMBDA = 0.01;

  /** An interval over more of the shares tried than this says little. */
  private static final double MOST_OF_RANGE = 0.5;

  /** Nearer to the end of the shares tried than this part of them, a share may want beyond. */
  private static final double EDGE = 0.05;

  /** A law that explains less of the variance is pointed at. */
  private static final double POOR = 0.8;

  private final List<Weight> lines;
  private final List<Double> objective;
  private final List<Measure> measures;
  private final int resamples;
  private final long seed;
  private final int[] varied;
  private final List<Range> tried;

  private MixtureAnalysis(
      List<Weight> lines,
      List<Double> objective,
      List<Measure> measures,
      int resamples,
      long seed) {
    this.lines = lines;
    this.objective = objective;
    this.measures = measures;
    this.resamples = resamples;
    this.seed = seed;
    this.varied = IntStream.range(0, lines.size()).filter(i -> lines.get(i).weight() > 0).toArray();
    this.tried = Shares.ranges(measures.stream().map(own -> own.trial().weights()).toList());
  }

  /**
   * The findings.
   *
   * @param lines of the configured mixture
   * @param objective how much the loss of each line counts, together 1
   * @param before losses of the lines before the trainings; none where nothing was learnt before
   * @param measures of the trainings that laws are fitted to, the configured mixture among them
   * @param foretold the trainings to foretell
   * @param resamples of the bootstrap, from which intervals come; 1,000 is usual
   * @param seed of the bootstrap and of the search
   */
  public static MixtureFindings of(
      String size,
      List<Weight> lines,
      List<Double> objective,
      List<Double> before,
      List<Measure> measures,
      List<Trial> foretold,
      int resamples,
      long seed) {
    long tokens = measures.stream().mapToLong(Measure::tokens).max().orElseThrow();
    List<Measure> last = measures.stream().filter(own -> own.tokens() == tokens).toList();
    return new MixtureAnalysis(lines, objective, last, resamples, seed)
        .findings(size, before, tokens, foretold);
  }

  private MixtureFindings findings(
      String size, List<Double> before, long tokens, List<Trial> foretold) {
    List<MixtureOutcome> outcomes = outcomes();
    List<LineLaw> laws = new ArrayList<>();
    List<List<ToDoubleFunction<double[]>>> resampled = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      line(i, laws, resampled);
    }
    MixtureAdvice advice = advice(laws, resampled, outcomes);
    return new MixtureFindings(
        size,
        lines.stream().map(Weight::label).toList(),
        objective,
        before,
        tokens,
        outcomes,
        tried,
        laws,
        advice,
        foretold.stream()
            .filter(own -> own.seed() == foretold.getFirst().seed())
            .map(own -> prediction(own.mixture(), own.weights(), laws))
            .toList(),
        cautions(outcomes, laws, advice));
  }

  // ---- outcomes

  private List<MixtureOutcome> outcomes() {
    return measures.stream()
        .map(own -> own.trial().weights())
        .distinct()
        .map(
            weights -> {
              List<Measure> own =
                  measures.stream().filter(one -> one.trial().weights().equals(weights)).toList();
              return outcome(
                  own.getFirst().trial().mixture(),
                  weights,
                  own.stream().map(Measure::losses).toList(),
                  this::objective);
            })
        .toList();
  }

  /** What the seeds of a mixture come to. */
  static MixtureOutcome outcome(
      String mixture,
      List<Double> weights,
      List<List<Double>> losses,
      ToDoubleFunction<List<Double>> objective) {
    List<Double> means =
        IntStream.range(0, losses.getFirst().size())
            .mapToObj(i -> losses.stream().mapToDouble(own -> own.get(i)).average().orElseThrow())
            .toList();
    var seen = losses.stream().mapToDouble(objective).summaryStatistics();
    return new MixtureOutcome(
        mixture, weights, means, objective.applyAsDouble(means), seen.getMax() - seen.getMin());
  }

  private double objective(List<Double> losses) {
    double sum = 0;
    for (int i = 0; i < losses.size(); i++) {
      sum += objective.get(i) * losses.get(i);
    }
    return sum;
  }

  // ---- laws

  /** Adds the law of a line, and the same fitted to each resample. */
  private void line(
      int line, List<LineLaw> laws, List<List<ToDoubleFunction<double[]>>> resampled) {
    List<Observation> observations =
        measures.stream()
            .map(own -> new Observation(own.losses().get(line), varied(own.trial().weights())))
            .toList();
    List<String> names = IntStream.of(varied).mapToObj(i -> lines.get(i).label()).toList();
    Fit fit;
    try {
      fit = MixingLaw.of(names).fit(observations);
    } catch (IllegalArgumentException tooFew) {
      Ridge ridge = Ridge.fit(observations, LAMBDA);
      laws.add(new LineLaw.Linear(ridge, Fit.rSquared(ridge, observations), tooFew.getMessage()));
      resampled.add(resampled(ridge, observations));
      return;
    }
    Bootstrap bootstrap = fit.bootstrap(resamples, seed);
    laws.add(new LineLaw.Curved(LawOutcome.fitted(fit, bootstrap)));
    resampled.add(
        bootstrap.fits().stream()
            .map(own -> (ToDoubleFunction<double[]>) shares -> own.law().loss(own.values(), shares))
            .toList());
  }

  private double[] varied(List<Double> weights) {
    return IntStream.of(varied).mapToDouble(weights::get).toArray();
  }

  /** Fits to what the ridge predicts plus residuals drawn again, the same draws for every line. */
  private List<ToDoubleFunction<double[]>> resampled(Ridge ridge, List<Observation> observations) {
    int count = observations.size();
    double inflation = Math.sqrt((double) count / Math.max(1, count - varied.length));
    var random = new SplittableRandom(seed);
    var fits = new ArrayList<ToDoubleFunction<double[]>>();
    for (int n = 0; n < resamples; n++) {
      var drawn = new ArrayList<Observation>();
      for (Observation own : observations) {
        Observation other = observations.get(random.nextInt(count));
        double residual = other.value() - ridge.applyAsDouble(other.inputs());
        drawn.add(
            new Observation(
                ridge.applyAsDouble(own.inputs()) + inflation * residual, own.inputs()));
      }
      fits.add(Ridge.fit(drawn, LAMBDA));
    }
    return fits;
  }

  private MixturePrediction prediction(String name, List<Double> weights, List<LineLaw> laws) {
    double[] shares = varied(weights);
    List<Double> losses = laws.stream().map(own -> own.predict(shares)).toList();
    return new MixturePrediction(name, weights, losses, objective(losses));
  }

  // ---- the best mixture

  private MixtureAdvice advice(
      List<LineLaw> laws,
      List<List<ToDoubleFunction<double[]>>> resampled,
      List<MixtureOutcome> outcomes) {
    List<Double> around = IntStream.of(varied).mapToObj(i -> lines.get(i).weight()).toList();
    List<Range> ranges = IntStream.of(varied).mapToObj(tried::get).toList();
    List<ToDoubleFunction<double[]>> predictors =
        laws.stream().map(own -> (ToDoubleFunction<double[]>) own::predict).toList();
    List<Double> best =
        new MixtureSearch(around, ranges, DRAWS, AVERAGED, seed)
            .recommend(weighted(predictors))
            .shares();
    List<Double> configured = lines.stream().map(Weight::weight).toList();
    List<Double> recommended = whole(Shares.rounded(array(best)));
    var search = new MixtureSearch(around, ranges, RESAMPLE_DRAWS, RESAMPLE_AVERAGED, seed);
    List<double[]> mixtures = search.mixtures();
    double[] now = varied(configured);
    double[] then = varied(recommended);
    double[] gains = new double[resamples];
    double[][] shares = new double[lines.size()][resamples];
    IntStream.range(0, resamples)
        .parallel() // each writes its own column
        .forEach(
            n -> {
              ToDoubleFunction<double[]> loss =
                  weighted(resampled.stream().map(own -> own.get(n)).toList());
              gains[n] = loss.applyAsDouble(now) - loss.applyAsDouble(then);
              List<Double> again = search.best(mixtures, loss).shares();
              for (int j = 0; j < varied.length; j++) {
                shares[varied[j]][n] = again.get(j);
              }
            });
    MixtureOutcome trained =
        outcomes.stream().reduce((a, b) -> b.objective() < a.objective() ? b : a).orElseThrow();
    return new MixtureAdvice(
        prediction("recommended", recommended, laws),
        IntStream.range(0, lines.size())
            .mapToObj(i -> Bootstrap.interval(shares[i], RatioAnswer.LEVEL))
            .toList(),
        prediction("configured", configured, laws),
        prediction(trained.mixture(), trained.weights(), laws),
        Bootstrap.interval(gains, RatioAnswer.LEVEL),
        (double) IntStream.range(0, resamples).filter(n -> gains[n] > 0).count() / resamples);
  }

  private ToDoubleFunction<double[]> weighted(List<ToDoubleFunction<double[]>> laws) {
    double[] weights = array(objective);
    List<ToDoubleFunction<double[]>> own = List.copyOf(laws);
    return shares -> {
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] == 0 ? 0 : weights[i] * own.get(i).applyAsDouble(shares);
      }
      return sum;
    };
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(own -> own).toArray();
  }

  /** Of all lines, 0 for those without a weight. */
  private List<Double> whole(List<Double> shares) {
    Double[] all = new Double[lines.size()];
    Arrays.fill(all, 0.0);
    for (int j = 0; j < varied.length; j++) {
      all[varied[j]] = shares.get(j);
    }
    return List.of(all);
  }

  // ---- what the reader must know

  private List<String> cautions(
      List<MixtureOutcome> outcomes, List<LineLaw> laws, MixtureAdvice advice) {
    var cautions = new ArrayList<String>();
    double chance = outcomes.stream().mapToDouble(MixtureOutcome::spread).max().orElse(0);
    if (measures.stream().map(own -> own.trial().seed()).distinct().count() < 2) {
      cautions.add("one seed: how large chance is cannot be told; add a seed to ablate.seeds");
    } else {
      cautions.add(
          "seeds differ by up to %.4f nats in the objective: smaller differences of single trainings mean nothing"
              .formatted(chance));
    }
    for (int i = 0; i < laws.size(); i++) {
      law(lines.get(i).label(), laws.get(i), cautions);
    }
    if (advice.improvement().low() <= 0) {
      cautions.add(
          "the recommended mixture is better than the configured one in %.0f %% of the resamples only: these trainings do not tell that it is"
              .formatted(100 * advice.better()));
    }
    for (int i : varied) {
      share(i, advice, cautions);
    }
    return List.copyOf(cautions);
  }

  private static void law(String line, LineLaw law, List<String> cautions) {
    switch (law) {
      case LineLaw.Linear linear ->
          cautions.add(
              "the loss of %s is predicted by a straight line, as there is no curve: %s"
                  .formatted(line, linear.why()));
      case LineLaw.Curved curved -> {
        if (!curved.law().undetermined().isEmpty()) {
          cautions.add(
              "the law of %s does not determine %s: it may be right within the shares tried, these parameters mean nothing"
                  .formatted(line, String.join(", ", curved.law().undetermined())));
        }
      }
    }
    if (law.rSquared() < POOR) {
      cautions.add(
          "the law of %s explains %.0f %% of the differences between its losses: train longer, or more mixtures"
              .formatted(line, 100 * Math.max(0, law.rSquared())));
    }
  }

  private void share(int line, MixtureAdvice advice, List<String> cautions) {
    Range range = tried.get(line);
    double width = range.high() - range.low();
    Interval interval = advice.shares().get(line);
    double share = advice.recommended().weights().get(line);
    String label = lines.get(line).label();
    if (interval.width() > MOST_OF_RANGE * width) {
      cautions.add(
          "the best share of %s may be %.3f to %.3f, most of what was tried (%s to %s): other mixtures are as good as the recommended one"
              .formatted(label, interval.low(), interval.high(), range.low(), range.high()));
    }
    if (share - range.low() < EDGE * width || range.high() - share < EDGE * width) {
      cautions.add(
          "the share of %s lies at the end of those tried (%s to %s): the best may lie beyond"
              .formatted(label, range.low(), range.high()));
    }
  }
}
