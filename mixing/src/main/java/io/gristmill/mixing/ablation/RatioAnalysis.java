package io.gristmill.mixing.ablation;

import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Interval;
import io.gristmill.mixing.law.fit.Law;
import io.gristmill.mixing.law.fit.Observation;
import io.gristmill.mixing.law.ratio.CriticalRatio;
import io.gristmill.mixing.law.ratio.CriticalRatioLaw;
import io.gristmill.mixing.law.ratio.DomainLossLaw;
import io.gristmill.mixing.law.ratio.GeneralLossLaw;
import io.gristmill.mixing.law.ratio.RatioChoice;
import io.gristmill.mixing.law.ratio.RatioLaw;
import io.gristmill.mixing.law.ratio.TurningPoint;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Reads the answer out of the losses of one size: the laws over ratios and tokens, the largest
 * ratio for each tolerance, and what is not known.
 */
public final class RatioAnalysis {
  /**
   * Weight of the general loss where a turning point is sought; the paper tries 100 to 7000, and
   * the larger, the nearer it is to where the general loss is highest.
   */
  public static final double LAMBDA = 1000;

  private final String size;
  private final List<Losses> given;
  private final List<Double> tolerances;
  private final int resamples;
  private final long seed;
  private final List<RatioMeasure> measures;
  private final List<Double> ratios;
  private final List<Long> tokens;

  private RatioAnalysis(
      String size,
      List<Losses> before,
      List<Double> tolerances,
      int resamples,
      long seed,
      List<RatioMeasure> measures) {
    this.size = size;
    this.given = before;
    this.tolerances = tolerances;
    this.resamples = resamples;
    this.seed = seed;
    this.measures = measures;
    this.ratios = measures.stream().map(own -> own.ratio()).distinct().sorted().toList();
    this.tokens = measures.stream().map(RatioMeasure::tokens).distinct().sorted().toList();
  }

  /**
   * The findings.
   *
   * @param before losses of the model that training went on from; none where it began with random
   *     weights: changes are then counted from the smallest ratio, after as many tokens
   * @param tolerances by how much the general loss may rise, rising
   * @param measures of the trainings that laws are fitted to, each at the same tokens
   * @param predicted ratios to foretell
   * @param resamples of the bootstrap, from which intervals come; 1,000 is usual
   * @param seed of the bootstrap
   */
  public static RatioFindings of(
      String size,
      List<Losses> before,
      List<Double> tolerances,
      List<RatioMeasure> measures,
      List<Double> predicted,
      int resamples,
      long seed) {
    var analysis = new RatioAnalysis(size, before, tolerances, resamples, seed, measures);
    return analysis.findings(predicted);
  }

  private RatioFindings findings(List<Double> predicted) {
    long last = tokens.getLast();
    LawOutcome general = overRatios(last, Losses::general);
    LawOutcome domain = overRatios(last, Losses::domain);
    List<Turn> turns = inner().stream().map(this::turn).toList();
    List<ToleratedRatio> tolerated = tolerated();
    List<Prediction> predictions =
        general instanceof LawOutcome.Fitted one && domain instanceof LawOutcome.Fitted other
            ? predicted.stream()
                .filter(ratio -> within(one.fit(), ratio))
                .map(
                    ratio ->
                        new Prediction(
                            ratio,
                            new Losses(one.fit().predict(ratio), other.fit().predict(ratio))))
                .toList()
            : List.of();
    List<RatioOutcome> outcomes = outcomes(last);
    return new RatioFindings(
        size,
        before(last),
        last,
        outcomes,
        general,
        domain,
        tolerated,
        turns,
        turned(turns),
        predictions,
        cautions(outcomes, general, domain, turns, tolerated));
  }

  private static boolean within(Fit fit, double ratio) {
    return fit.range("ratio").contains(ratio);
  }

  /**
   * At R of 0 and 1 one of the two losses is no longer trained on: the law is for what is mixed.
   */
  private List<Double> inner() {
    return ratios.stream().filter(ratio -> ratio > 0 && ratio < 1).toList();
  }

  private LawOutcome overRatios(long at, ToDoubleFunction<Losses> loss) {
    return LawOutcome.of(RatioLaw.LAW, ratioObservations(at, loss), resamples, seed);
  }

  private List<Observation> ratioObservations(long at, ToDoubleFunction<Losses> loss) {
    return measures.stream()
        .filter(own -> own.tokens() == at && own.ratio() > 0 && own.ratio() < 1)
        .map(own -> new Observation(loss.applyAsDouble(own.losses()), own.ratio()))
        .toList();
  }

  private Losses before(long at) {
    if (!given.isEmpty()) {
      return given.getFirst();
    }
    double smallest = ratios.getFirst();
    return new Losses(
        statistics(smallest, at, Losses::general).getAverage(),
        statistics(smallest, at, Losses::domain).getAverage());
  }

  // ---- outcomes

  private List<RatioOutcome> outcomes(long at) {
    List<RatioOutcome> outcomes = ratios.stream().map(ratio -> outcome(ratio, at)).toList();
    return outcomes.stream()
        .map(
            own ->
                new RatioOutcome(
                    own.ratio(),
                    own.change(),
                    own.spread(),
                    outcomes.stream().noneMatch(other -> beats(other.change(), own.change()))))
        .toList();
  }

  private RatioOutcome outcome(double ratio, long at) {
    DoubleSummaryStatistics general = statistics(ratio, at, Losses::general);
    DoubleSummaryStatistics domain = statistics(ratio, at, Losses::domain);
    return new RatioOutcome(
        ratio,
        new Losses(general.getAverage(), domain.getAverage()).since(before(at)),
        new Losses(general.getMax() - general.getMin(), domain.getMax() - domain.getMin()),
        true);
  }

  private DoubleSummaryStatistics statistics(double ratio, long at, ToDoubleFunction<Losses> loss) {
    return measures.stream()
        .filter(own -> own.tokens() == at && own.ratio() == ratio)
        .map(RatioMeasure::losses)
        .collect(Collectors.summarizingDouble(loss));
  }

  private static boolean beats(Losses one, Losses other) {
    return one.general() <= other.general()
        && one.domain() <= other.domain()
        && (one.general() < other.general() || one.domain() < other.domain());
  }

  // ---- the ratio that a tolerance allows

  private List<ToleratedRatio> tolerated() {
    var byTolerance = new TreeMap<Double, List<RatioAnswer>>();
    tolerances.forEach(tolerance -> byTolerance.put(tolerance, new ArrayList<>()));
    for (long at : tokens) {
      List<RatioChoice> choices;
      try {
        choices =
            RatioChoice.of(
                ratioObservations(at, Losses::general),
                before(at).general(),
                tolerances,
                resamples,
                seed);
      } catch (IllegalArgumentException tooFew) {
        choices = List.of();
      }
      for (int i = 0; i < tolerances.size(); i++) {
        double tolerance = tolerances.get(i);
        CriticalRatio interpolated = interpolated(at, tolerance);
        byTolerance
            .get(tolerance)
            .add(
                choices.isEmpty()
                    ? new RatioAnswer(at, interpolated, none(), Double.NaN, interpolated)
                    : answer(at, choices.get(i), interpolated));
      }
    }
    return byTolerance.entrySet().stream()
        .map(
            entry ->
                new ToleratedRatio(entry.getKey(), entry.getValue(), overTokens(entry.getValue())))
        .toList();
  }

  private static Interval none() {
    return new Interval(Double.NaN, Double.NaN, RatioAnswer.LEVEL);
  }

  /** Where the law ends, what was measured beyond it still counts: R of 0 and 1. */
  private static RatioAnswer answer(long at, RatioChoice choice, CriticalRatio measured) {
    CriticalRatio ratio =
        switch (choice.ratio()) {
          case CriticalRatio.Found found -> found;
          case CriticalRatio.AllFeasible all -> beyond(measured, all);
          case CriticalRatio.NoneFeasible none -> beyond(measured, none);
          case CriticalRatio.Between between -> between;
        };
    return new RatioAnswer(at, ratio, choice.interval(), choice.found(), measured);
  }

  private static CriticalRatio beyond(CriticalRatio measured, CriticalRatio byLaw) {
    return measured instanceof CriticalRatio.Found ? byLaw : measured;
  }

  /** Between the means of two ratios as a straight line; from the smallest ratio on. */
  private CriticalRatio interpolated(long at, double tolerance) {
    double most = before(at).general() + tolerance;
    double feasible = Double.NaN;
    double below = Double.NaN;
    for (double ratio : ratios) {
      double loss = statistics(ratio, at, Losses::general).getAverage();
      if (loss > most) {
        if (Double.isNaN(feasible)) {
          return new CriticalRatio.NoneFeasible(ratio);
        }
        // Beside 1 the loss bends so much that a straight line would say nothing.
        return ratio < 1
            ? new CriticalRatio.Found(
                feasible + (ratio - feasible) * (most - below) / (loss - below))
            : new CriticalRatio.Between(feasible, ratio);
      }
      feasible = ratio;
      below = loss;
    }
    return new CriticalRatio.AllFeasible(feasible);
  }

  private LawOutcome overTokens(List<RatioAnswer> answers) {
    var observations = new ArrayList<Observation>();
    for (RatioAnswer answer : answers) {
      if (answer.ratio() instanceof CriticalRatio.Found found) {
        observations.add(new Observation(found.ratio(), (double) answer.tokens()));
      }
    }
    return LawOutcome.of(CriticalRatioLaw.LAW, observations, resamples, seed);
  }

  // ---- turning points

  private Turn turn(double ratio) {
    LawOutcome general = overTokens(ratio, GeneralLossLaw.LAW, Losses::general);
    LawOutcome domain = overTokens(ratio, DomainLossLaw.LAW, Losses::domain);
    Turn.Point point =
        switch (general) {
          case LawOutcome.Refused refused -> new Turn.Point.Unknown(refused.why());
          case LawOutcome.Fitted one ->
              switch (domain) {
                case LawOutcome.Refused refused -> new Turn.Point.Unknown(refused.why());
                case LawOutcome.Fitted other ->
                    new Turn.Point.Known(TurningPoint.of(other.fit(), one.fit(), LAMBDA));
              };
        };
    return new Turn(ratio, general, domain, point);
  }

  private LawOutcome overTokens(double ratio, Law law, ToDoubleFunction<Losses> loss) {
    List<Observation> observations =
        measures.stream()
            .filter(own -> own.ratio() == ratio)
            .map(own -> new Observation(loss.applyAsDouble(own.losses()), (double) own.tokens()))
            .toList();
    return LawOutcome.of(law, observations, resamples, seed);
  }

  private static RatioFindings.Turned turned(List<Turn> turns) {
    var points = new TreeMap<Double, TurningPoint>();
    for (Turn turn : turns) {
      switch (turn.point()) {
        case Turn.Point.Known known -> points.put(turn.ratio(), known.point());
        case Turn.Point.Unknown unknown -> {
          return new RatioFindings.Turned.Unknown(unknown.why());
        }
      }
    }
    if (points.isEmpty()) {
      return new RatioFindings.Turned.Unknown("no ratio between 0 and 1 was trained");
    }
    try {
      return new RatioFindings.Turned.Known(CriticalRatio.turned(points));
    } catch (IllegalArgumentException noise) {
      return new RatioFindings.Turned.Unknown(noise.getMessage());
    }
  }

  // ---- what the reader must know

  private List<String> cautions(
      List<RatioOutcome> outcomes,
      LawOutcome general,
      LawOutcome domain,
      List<Turn> turns,
      List<ToleratedRatio> tolerated) {
    var cautions = new ArrayList<String>();
    if (given.isEmpty()) {
      cautions.add(
          "trainings began with random weights: changes are counted from R %s after as many tokens"
              .formatted(ratios.getFirst()));
    }
    if (measures.stream().map(own -> own.seed()).distinct().count() < 2) {
      cautions.add("one seed: how large chance is cannot be told; add a seed to ablate.seeds");
    } else {
      double chance =
          outcomes.stream()
              .filter(own -> own.ratio() > 0 && own.ratio() < 1)
              .mapToDouble(own -> own.spread().general())
              .max()
              .orElse(0);
      cautions.add(
          "seeds differ by up to %.4f nats in the general loss between 0 and 1: tolerances below that mean nothing"
              .formatted(chance));
    }
    caution("the general loss over ratios", general, cautions);
    caution("the domain's loss over ratios", domain, cautions);
    String undetermined =
        turns.stream()
            .filter(turn -> undetermined(turn.general()) || undetermined(turn.domain()))
            .map(turn -> String.valueOf(turn.ratio()))
            .collect(Collectors.joining(", "));
    if (!undetermined.isEmpty()) {
      cautions.add(
          "over tokens the exponents at R %s are not determined: the curves are right within what was measured, their parameters mean nothing, and turning points rest on them"
              .formatted(undetermined));
    }
    for (ToleratedRatio own : tolerated) {
      if (own.overTokens() instanceof LawOutcome.Fitted law && !law.undetermined().isEmpty()) {
        cautions.add(
            "how the ratio for a tolerance of %s goes over tokens is not determined (%s): do not extrapolate it"
                .formatted(own.tolerance(), String.join(", ", law.undetermined())));
      }
    }
    return List.copyOf(cautions);
  }

  private static boolean undetermined(LawOutcome outcome) {
    return outcome instanceof LawOutcome.Fitted law && !law.undetermined().isEmpty();
  }

  private static void caution(String what, LawOutcome outcome, List<String> cautions) {
    switch (outcome) {
      case LawOutcome.Refused refused ->
          cautions.add("%s has no law: %s".formatted(what, refused.why()));
      case LawOutcome.Fitted law -> {
        if (!law.undetermined().isEmpty()) {
          cautions.add(
              "%s does not determine %s: the curve is right within the ratios tried, these parameters mean nothing"
                  .formatted(what, String.join(", ", law.undetermined())));
        }
      }
    }
  }
}
