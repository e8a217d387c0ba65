package io.gristmill.mixing.law.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gristmill.mixing.law.LawData;
import io.gristmill.mixing.law.LawTable;
import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Observation;
import io.gristmill.tokenization.quality.CompressionCurve;
import io.gristmill.tokenization.quality.VocabularyLaw;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class VocabularyLossesTest {
  @Test
  @Tag("shared")
  void theVocabularyLawIsFoundInItsExperiments() {
    // The tokens as in the authors' fit: their curve with V in thousands (docs/laws.md).
    CompressionCurve curve = CompressionCurve.english();
    List<Observation> points =
        LawData.rows("vocabulary-isoflop").stream()
            .filter(row -> row.number("flops") >= 2.18e17)
            .map(
                row -> {
                  double x = Math.log(row.number("vocab_size") / 1e3);
                  double perCharacter = curve.a() * x * x + curve.b() * x + curve.c();
                  return new Observation(
                      row.number("loss_unigram_normalised"),
                      row.number("params_non_vocab") / 1e6,
                      row.number("vocab_size") * row.number("embed_dim") / 1e6,
                      row.number("characters") * perCharacter / 1e9);
                })
            .toList();
    Fit fit = VocabularyLosses.LAW.fit(points);
    VocabularyLaw law = VocabularyLosses.law(fit);
    VocabularyLaw published = VocabularyLaw.published();
    double error =
        points.stream()
            .mapToDouble(
                own -> {
                  double[] x = own.inputs();
                  return Math.abs(published.loss(x[0] * 1e6, x[1] * 1e6, x[2] * 1e9) - own.value());
                })
            .average()
            .orElseThrow();
    LawTable.row(
        "Vocabulary: A1, A2, B, E, alpha, alpha2",
        "1.831, .196, 2.124, 5.533, .447, .671",
        "%.3f, %.3f, %.3f, %.3f, %.3f, %.3f; error %.4f, of the published %.4f"
            .formatted(
                law.a1(),
                law.a2(),
                law.b(),
                law.e(),
                law.alpha1(),
                law.alpha2(),
                fit.meanAbsoluteError(points),
                error));
    assertThat(law.a1()).isCloseTo(1.831, withinPercentage(3));
    assertThat(law.a2()).isCloseTo(0.196, withinPercentage(3));
    assertThat(law.b()).isCloseTo(2.124, withinPercentage(3));
    assertThat(law.e()).isCloseTo(5.533, withinPercentage(3));
    assertThat(law.alpha1()).isCloseTo(0.447, within(0.01));
    assertThat(law.alpha2()).isCloseTo(0.671, within(0.01));
    assertThat(fit.rSquared()).isGreaterThan(0.97);
    assertThat(fit.meanAbsoluteError(points)).isLessThanOrEqualTo(error);
  }
}
