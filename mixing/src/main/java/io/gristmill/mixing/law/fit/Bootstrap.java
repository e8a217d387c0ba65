package io.gristmill.mixing.law.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Fits to observations drawn again with replacement, or where these are few, to what the law
 * predicts plus residuals drawn again (Efron and Tibshirani 1993, chapters 9 and 13). The spread of
 * anything computed from them is an interval for it.
 */
public record Bootstrap(List<Fit> fits) {
  /** Observations for each parameter below which residuals are drawn. */
  private static final int FEW = 5;

  static Bootstrap of(Fit fit, int resamples, long seed) {
    boolean few = fit.observations().size() < FEW * fit.values().length;
    var root = new SplittableRandom(seed);
    List<SplittableRandom> randoms =
        IntStream.range(0, resamples).mapToObj(n -> root.split()).toList();
    return new Bootstrap(
        randoms.stream()
            .parallel() // each has its own random numbers, so the order does not matter
            .map(
                random ->
                    LeastSquares.refit(fit, few ? residuals(fit, random) : drawn(fit, random)))
            .toList());
  }

  private static List<Observation> drawn(Fit fit, SplittableRandom random) {
    int count = fit.observations().size();
    return random.ints(count, 0, count).mapToObj(fit.observations()::get).toList();
  }

  private static List<Observation> residuals(Fit fit, SplittableRandom random) {
    Law law = fit.law();
    double[] residuals = fit.residuals();
    double mean = IntStream.range(0, residuals.length).mapToDouble(i -> residuals[i]).sum();
    mean /= residuals.length;
    // A fit lies closer to its observations than the truth does; this makes up for it.
    double inflation =
        Math.sqrt((double) residuals.length / (residuals.length - fit.values().length));
    var observations = new ArrayList<Observation>();
    for (Observation own : fit.observations()) {
      double residual = inflation * (residuals[random.nextInt(residuals.length)] - mean);
      double predicted = law.loss(fit.values(), own.inputs());
      observations.add(own.with(law.misfit().observed(predicted, residual)));
    }
    return observations;
  }

  /** Of the parameter of that name, with a probability of {@code level}. */
  public Interval interval(String parameter, double level) {
    return interval(fit -> fit.value(parameter), level);
  }

  /** Of anything that follows from a fit, by the percentiles; fits that give no number are out. */
  public Interval interval(ToDoubleFunction<Fit> quantity, double level) {
    return interval(fits.stream().mapToDouble(quantity).toArray(), level);
  }

  /** The middle {@code level} of the numbers. */
  public static Interval interval(double[] numbers, double level) {
    double[] sorted =
        IntStream.range(0, numbers.length)
            .mapToDouble(i -> numbers[i])
            .filter(number -> !Double.isNaN(number))
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no resample gives a number, so there is no interval");
    }
    return new Interval(
        quantile(sorted, (1 - level) / 2), quantile(sorted, (1 + level) / 2), level);
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
