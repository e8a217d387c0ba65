package io.gristmill.mixing.ablation;

import io.gristmill.mixing.law.fit.Range;
import io.gristmill.mixing.law.mixture.MixtureDraws;
import io.gristmill.mixing.mixture.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Trainings on random mixtures around the configured one (Liu et al. 2024, arXiv 2407.01492). Their
 * shares are whole thousandths; a line with a weight never gets nothing, as no law bends to the
 * loss of text that was not trained on.
 *
 * @param mixtures how many, the configured one first
 * @param predicted how many more within those, which the laws foretell before they are trained
 * @param objective how much the loss of each line counts; none for the weights of the lines
 * @param seeds each mixture is trained once with each
 * @param drawSeed of the draws; more mixtures add to those of fewer
 */
public record MixtureDesign(
    int mixtures, int predicted, List<Double> objective, List<Long> seeds, long drawSeed)
    implements AblationDesign {
  private static final int PATIENCE = 100_000;

  public MixtureDesign {
    objective = List.copyOf(objective);
    seeds = List.copyOf(seeds);
    if (predicted < 0) {
      throw new IllegalArgumentException(
          "ablate.predict-mixtures is %d, must be at least 0; 4 or more tell whether laws put mixtures in the right order"
              .formatted(predicted));
    }
    if (!objective.isEmpty()
        && (objective.stream().anyMatch(own -> !(own >= 0 && Double.isFinite(own)))
            || objective.stream().noneMatch(own -> own > 0))) {
      throw new IllegalArgumentException(
          "ablate.objective is %s, must be numbers of at least 0, one of them above: how much the loss of each line counts"
              .formatted(objective));
    }
    if (seeds.isEmpty() || seeds.stream().distinct().count() < seeds.size()) {
      throw new IllegalArgumentException(
          "ablate.seeds is %s, must be one or more different numbers; two tell how large chance is"
              .formatted(seeds));
    }
  }

  /**
   * Refuses lines that these trainings could tell nothing of.
   *
   * @throws IllegalArgumentException saying what would do
   */
  public void check(List<Weight> lines) {
    if (!objective.isEmpty() && objective.size() != lines.size()) {
      throw new IllegalArgumentException(
          "ablate.objective has %d numbers, must have %d, one for each line of mixture.weights"
              .formatted(objective.size(), lines.size()));
    }
    for (int i = 0; i < lines.size(); i++) {
      Weight line = lines.get(i);
      if (line.weight() == 0 && objective(lines).get(i) == 0) {
        throw new IllegalArgumentException(
            "mixture.weights: %s has weight 0 and does not count in ablate.objective; remove the line, or give it one of both"
                .formatted(line.label()));
      }
    }
    int varied = (int) lines.stream().filter(line -> line.weight() > 0).count();
    if (varied < 2) {
      throw new IllegalArgumentException(
          "ablate.mixtures varies the lines of mixture.weights with a weight above 0, must be at least 2, is %d"
              .formatted(varied));
    }
    if (mixtures <= varied) {
      throw new IllegalArgumentException(
          "ablate.mixtures is %d, must be at least %d for %d lines of mixture.weights; the mixing law needs %d, and about %d give intervals that mean something"
              .formatted(mixtures, varied + 1, varied, varied + 2, 3 * (varied + 1)));
    }
  }

  /** How much the loss of each line counts, together 1. */
  public List<Double> objective(List<Weight> lines) {
    List<Double> given =
        objective.isEmpty() ? lines.stream().map(Weight::weight).toList() : objective;
    double sum = given.stream().mapToDouble(own -> own).sum();
    return given.stream().map(own -> own / sum).toList();
  }

  /**
   * The trainings of a size that the laws are fitted to, seed by seed.
   *
   * @param most share of each line that its text allows
   */
  public List<Trial> trials(String size, List<Weight> lines, List<Double> most) {
    return trials(size, "m", "mixture", trained(lines, most));
  }

  /** The trainings of a size that the laws foretell. */
  public List<Trial> foretold(String size, List<Weight> lines, List<Double> most) {
    return trials(size, "f", "foretold mixture", foretold(lines, most));
  }

  private List<Trial> trials(String size, String name, String words, List<List<Double>> mixtures) {
    return seeds.stream()
        .flatMap(
            seed ->
                IntStream.range(0, mixtures.size())
                    .mapToObj(
                        i ->
                            new Trial(
                                size,
                                "%s%d".formatted(name, i + 1),
                                "%s %d (%s)".formatted(words, i + 1, Shares.words(mixtures.get(i))),
                                mixtures.get(i),
                                seed)))
        .toList();
  }

  private List<List<Double>> trained(List<Weight> lines, List<Double> most) {
    var known = new ArrayList<List<Double>>();
    known.add(lines.stream().map(Weight::weight).toList());
    draw(lines, drawSeed, mixtures - 1, own -> within(own, most), known);
    return List.copyOf(known);
  }

  private List<List<Double>> foretold(List<Weight> lines, List<Double> most) {
    List<List<Double>> trained = trained(lines, most);
    List<Range> ranges = Shares.ranges(trained);
    var known = new ArrayList<>(trained);
    draw(
        lines,
        drawSeed + 1,
        predicted,
        own -> within(own, most) && Shares.within(own, ranges),
        known);
    return List.copyOf(known.subList(trained.size(), known.size()));
  }

  private static boolean within(List<Double> shares, List<Double> most) {
    return IntStream.range(0, most.size()).allMatch(j -> shares.get(j) <= most.get(j));
  }

  /** Adds as many that suit and are not known yet. */
  private static void draw(
      List<Weight> lines,
      long seed,
      int count,
      Predicate<List<Double>> suits,
      List<List<Double>> known) {
    List<Double> around = lines.stream().map(Weight::weight).toList();
    var draws = new MixtureDraws(around, seed);
    int wanted = known.size() + count;
    for (int n = 0; known.size() < wanted; n++) {
      if (n == PATIENCE) {
        throw new IllegalArgumentException(
            "ablate.mixtures: only %d of %d mixtures around %s are different and have text enough; ask for fewer, lower ablate.tokens or raise mixture.max-epochs"
                .formatted(known.size(), wanted, Shares.words(around)));
      }
      double[] drawn = draws.next();
      if (Double.isFinite(drawn[0])) { // no numbers where each was too small for one
        List<Double> rounded = Shares.rounded(drawn);
        if (suits.test(rounded) && !known.contains(rounded)) {
          known.add(rounded);
        }
      }
    }
  }
}
