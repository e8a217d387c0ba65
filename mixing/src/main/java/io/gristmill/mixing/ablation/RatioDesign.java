package io.gristmill.mixing.ablation;

import io.gristmill.mixing.mixture.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A grid of trainings that differ in R, the share of a domain (Gu et al. 2024, arXiv 2407.17467).
 *
 * @param domain the lines of the mixture with this domain are the domain, all others are general;
 *     within both the ratio stays as it is
 * @param ratios each 0 to 1
 * @param predicted ratios between those, which the laws foretell before they are trained
 * @param seeds each ratio is trained once with each
 */
public record RatioDesign(
    String domain, List<Double> ratios, List<Double> predicted, List<Long> seeds)
    implements AblationDesign {
  public RatioDesign {
    ratios = ratios.stream().sorted().toList();
    predicted = predicted.stream().sorted().toList();
    seeds = List.copyOf(seeds);
    if (domain.isEmpty()) {
      throw new IllegalArgumentException(
          "ablate.domain is missing: the domain of the lines of mixture.weights whose share is"
              + " varied");
    }
    if (ratios.size() < 2) {
      throw new IllegalArgumentException(
          "ablate.ratios has %d ratios, must have at least 2; a law needs 4 between 0 and 1, and [0, 0.125, 0.25, 0.333, 0.5, 0.75, 1] is usual"
              .formatted(ratios.size()));
    }
    Stream.concat(ratios.stream(), predicted.stream())
        .filter(ratio -> !(ratio >= 0 && ratio <= 1))
        .findFirst()
        .ifPresent(
            ratio -> {
              throw new IllegalArgumentException(
                  "ablate.ratios has %s, must be 0 to 1: the share of the domain".formatted(ratio));
            });
    var all = new ArrayList<>(ratios);
    all.addAll(predicted);
    if (all.stream().distinct().count() < all.size()) {
      throw new IllegalArgumentException(
          "ablate.ratios %s and ablate.predict %s name a ratio twice; use ablate.seeds to train it again"
              .formatted(ratios, predicted));
    }
    double first = ratios.getFirst();
    double last = ratios.getLast();
    predicted.stream()
        .filter(ratio -> ratio <= first || ratio >= last)
        .findFirst()
        .ifPresent(
            ratio -> {
              throw new IllegalArgumentException(
                  "ablate.predict has %s, must lie between the ratios of ablate.ratios, %s and %s: a law does not reach beyond"
                      .formatted(ratio, first, last));
            });
    if (seeds.isEmpty() || seeds.stream().distinct().count() < seeds.size()) {
      throw new IllegalArgumentException(
          "ablate.seeds is %s, must be one or more different numbers; two tell how large chance is"
              .formatted(seeds));
    }
  }

  /** The trainings of a size that the laws are fitted to, seed by seed. */
  public List<Trial> trials(String size, List<Weight> lines) {
    return trials(size, ratios, lines);
  }

  /** The trainings of a size that the laws foretell. */
  public List<Trial> foretold(String size, List<Weight> lines) {
    return trials(size, predicted, lines);
  }

  private List<Trial> trials(String size, List<Double> of, List<Weight> lines) {
    return seeds.stream()
        .flatMap(seed -> of.stream().map(ratio -> trial(size, ratio, lines, seed)))
        .toList();
  }

  private Trial trial(String size, double ratio, List<Weight> lines, long seed) {
    List<Double> weights = at(ratio, lines).stream().map(Weight::weight).toList();
    return new Trial(size, name(ratio), "R %s".formatted(ratio), weights, seed);
  }

  private static String name(double ratio) {
    return "r%s".formatted(ratio);
  }

  /** R of a training of this design. */
  private double ratio(Trial trial) {
    return Stream.concat(ratios.stream(), predicted.stream())
        .filter(ratio -> name(ratio).equals(trial.name()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(trial.label() + " is not of this design"));
  }

  /** The general loss and the domain's, each over its lines by the weights they have there. */
  public Losses losses(List<Double> ofLines, List<Weight> lines) {
    double[] sums = new double[2];
    double[] weights = new double[2];
    for (int i = 0; i < lines.size(); i++) {
      Weight line = lines.get(i);
      if (line.weight() > 0) {
        int which = isDomain(line) ? 1 : 0;
        sums[which] += line.weight() * ofLines.get(i);
        weights[which] += line.weight();
      }
    }
    return new Losses(sums[0] / weights[0], sums[1] / weights[1]);
  }

  /** A measure as one of a ratio. */
  public RatioMeasure measure(Measure own, List<Weight> lines) {
    return new RatioMeasure(
        ratio(own.trial()), own.trial().seed(), own.tokens(), losses(own.losses(), lines));
  }

  /** Whether a line of the mixture belongs to the domain. */
  public boolean isDomain(Weight line) {
    return line.domain().equals(domain);
  }

  /**
   * The lines of the mixture at a ratio.
   *
   * @throws IllegalArgumentException if none of the lines is the domain or none is general, or
   *     their weights are 0
   */
  public List<Weight> at(double ratio, List<Weight> lines) {
    double inDomain = lines.stream().filter(this::isDomain).mapToDouble(Weight::weight).sum();
    double general =
        lines.stream().filter(line -> !isDomain(line)).mapToDouble(Weight::weight).sum();
    if (!(inDomain > 0 && general > 0)) {
      throw new IllegalArgumentException(
          "ablate.domain is %s: the lines of mixture.weights with this domain have weight %s, the others %s, must both be above 0; the ratio within the domain and within the rest is taken from them"
              .formatted(domain, inDomain, general));
    }
    return lines.stream()
        .map(
            line ->
                line.withWeight(
                    isDomain(line)
                        ? line.weight() / inDomain * ratio
                        : line.weight() / general * (1 - ratio)))
        .toList();
  }
}
