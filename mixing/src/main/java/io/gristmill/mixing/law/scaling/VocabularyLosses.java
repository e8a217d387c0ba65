package io.gristmill.mixing.law.scaling;

import io.gristmill.mixing.law.fit.CurvedLaw;
import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Misfit;
import io.gristmill.mixing.law.fit.Parameter;
import io.gristmill.tokenization.quality.VocabularyLaw;
import java.util.List;

/**
 * Fits the {@link VocabularyLaw} to losses less those of a unigram model (Tao et al. 2024, arXiv
 * 2407.13623, approach 3): {@code L = A1 / N^alpha + A2 / Nv^alpha2 + B / D^alpha - E}, N the
 * millions of parameters without the vocabulary, Nv those of it, D the billions of tokens. N and D
 * share an exponent, as in the paper.
 */
public final class VocabularyLosses {
  public static final CurvedLaw LAW =
      new CurvedLaw(
          "vocabulary law",
          List.of("parameters", "vocabulary parameters", "tokens"),
          List.of(
              Parameter.positive("A1", 0.1, 30),
              Parameter.positive("alpha", 0.05, 1),
              Parameter.positive("A2", 0.01, 10),
              Parameter.positive("alpha2", 0.05, 2),
              Parameter.positive("B", 0.1, 30),
              Parameter.positive("E", 1, 20)),
          Misfit.huber(1e-3),
          (p, x) ->
              p[0] * Math.pow(x[0], -p[1])
                  + p[2] * Math.pow(x[1], -p[3])
                  + p[4] * Math.pow(x[2], -p[1])
                  - p[5]);

  private VocabularyLosses() {}

  /** The law with the fitted parameters. */
  public static VocabularyLaw law(Fit fit) {
    return new VocabularyLaw(
        fit.value("A1"),
        fit.value("alpha"),
        fit.value("A2"),
        fit.value("alpha2"),
        fit.value("B"),
        fit.value("alpha"),
        fit.value("E"));
  }
}
