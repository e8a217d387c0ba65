package io.gristmill.mixing.law.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.mixing.law.LawData;
import io.gristmill.mixing.law.LawTable;
import io.gristmill.mixing.law.fit.ExtrapolationException;
import io.gristmill.mixing.law.fit.Range;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StepLawTest {
  @Test
  @Tag("shared")
  void theStepLawIsTheMeanOfItsBootstrap() {
    StepLaw mean =
        StepLaw.mean(
            LawData.rows("steplaw-bootstrap").stream()
                .map(
                    row ->
                        StepLaw.of(
                            row.number("lr_intercept"),
                            row.number("lr_coefN"),
                            row.number("lr_coefD"),
                            row.number("bs_intercept"),
                            row.number("bs_coefD")))
                .toList());
    LawTable.row(
        "Step law, means of 1,000 bootstrap fits",
        "1.79 N^-.713 D^.307; .58 D^.571",
        "%.3f N^%.4f D^%.4f; %.4f D^%.4f"
            .formatted(
                Math.exp(mean.rateIntercept()),
                mean.ratePowerOfParameters(),
                mean.ratePowerOfTokens(),
                Math.exp(mean.batchIntercept()),
                mean.batchPowerOfTokens()));
    assertThat(Math.exp(mean.rateIntercept())).isCloseTo(1.797, within(5e-4));
    assertThat(mean.ratePowerOfParameters()).isCloseTo(-0.7129, within(5e-5));
    assertThat(mean.ratePowerOfTokens()).isCloseTo(0.3075, within(5e-5));
    assertThat(Math.exp(mean.batchIntercept())).isCloseTo(0.5807, within(5e-5));
    assertThat(mean.batchPowerOfTokens()).isCloseTo(0.5709, within(5e-5));
  }

  @Test
  void theStepLawGivesThePublishedRatesAndBatches() {
    StepLaw law = StepLaw.published().reaching(1e8, 2e9);
    assertThat(law.learningRate(1e8, 2e9)).isCloseTo(2.54e-3, within(5e-6));
    assertThat(law.batchTokens(2e9)).isCloseTo(119e3, within(500.0));
    assertThat(law.learningRate(1e8, 2e10)).isCloseTo(5.14e-3, within(5e-6));
    assertThat(law.batchTokens(2e10)).isCloseTo(442e3, within(500.0));
  }

  @Test
  void theStepLawIsNotAskedAboutSmallerModelsUnlessAllowed() {
    StepLaw law = StepLaw.published();
    assertThatThrownBy(() -> law.learningRate(1e7, 5e9))
        .isInstanceOf(ExtrapolationException.class)
        .hasMessageContaining(
            "step law: parameters 1.0E7 is outside of 2.1466368E8 to 1.073741824E9");
    assertThat(law.reaching(1e7, 2e9).learningRate(1e7, 2e9)).isCloseTo(1.31e-2, within(5e-5));
  }

  @Test
  @Tag("shared")
  void theRangeIsThatOfTheReleasedTrainings() {
    StepLaw law = StepLaw.published();
    var parameters =
        LawData.rows("steplaw-dense").stream()
            .mapToDouble(row -> row.number("params_non_vocab"))
            .summaryStatistics();
    var tokens =
        LawData.rows("steplaw-dense").stream()
            .mapToDouble(row -> row.number("tokens"))
            .summaryStatistics();
    assertThat(law.parameters()).isEqualTo(new Range(parameters.getMin(), parameters.getMax()));
    assertThat(law.tokens()).isEqualTo(new Range(tokens.getMin(), tokens.getMax()));
  }
}
