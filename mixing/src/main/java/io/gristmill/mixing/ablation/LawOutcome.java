package io.gristmill.mixing.ablation;

import io.gristmill.mixing.law.fit.Bootstrap;
import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Interval;
import io.gristmill.mixing.law.fit.Law;
import io.gristmill.mixing.law.fit.Observation;
import io.gristmill.mixing.law.fit.Parameter;
import java.util.ArrayList;
import java.util.List;

/** A law fitted to what an ablation measured, or why it was not. */
public sealed interface LawOutcome {
  /**
   * A fit.
   *
   * @param intervals of the parameters in their order, with a probability of .95
   * @param undetermined parameters that the observations do not tell: their values mean nothing
   */
  record Fitted(Fit fit, List<Interval> intervals, List<String> undetermined)
      implements LawOutcome {}

  /** Too few observations; says how many would do. */
  record Refused(String why) implements LawOutcome {}

  /** Fits the law, with intervals from a bootstrap. */
  static LawOutcome of(Law law, List<Observation> observations, int resamples, long seed) {
    Fit fit;
    try {
      fit = law.fit(observations);
    } catch (IllegalArgumentException tooFew) {
      return new Refused(tooFew.getMessage());
    }
    return fitted(fit, fit.bootstrap(resamples, seed));
  }

  /** The fit with intervals from its bootstrap. */
  static Fitted fitted(Fit fit, Bootstrap bootstrap) {
    var intervals = new ArrayList<Interval>();
    for (Parameter parameter : fit.law().parameters()) {
      intervals.add(bootstrap.interval(parameter.name(), RatioAnswer.LEVEL));
    }
    return new Fitted(fit, List.copyOf(intervals), fit.identifiability().undetermined());
  }
}
