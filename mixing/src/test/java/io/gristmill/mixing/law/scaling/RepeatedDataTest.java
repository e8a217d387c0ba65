package io.gristmill.mixing.law.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gristmill.mixing.law.LawData;
import io.gristmill.mixing.law.LawTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatedDataTest {
  @Test
  @Tag("shared")
  void repeatedDataGivesThePublishedLosses() {
    for (LawData.Row row : LawData.rows("repeats-golden")) {
      double loss =
          RepeatedData.published()
              .loss(row.number("params"), row.number("tokens"), row.number("unique_tokens"));
      LawTable.row("Repeated data, loss", row.text("loss"), "%.16f".formatted(loss));
      assertThat(loss).isCloseTo(row.number("loss"), within(1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.5", "1, 1", "2, 1.968", "4, 3.726", "8, 6.624", "16, 10.58", "40, 15.17"})
  void repeatedTokensAreWorthLess(double epochs, double worth) {
    assertThat(RepeatedData.published().uniqueEquivalent(epochs))
        .isCloseTo(worth, withinPercentage(0.05));
  }

  @Test
  void eachFurtherEpochIsWorthLessAndAllTogetherNoMoreThanTheLimit() {
    RepeatedData law = RepeatedData.published();
    assertThat(law.nextEpoch(0)).isEqualTo(1);
    double before = 1;
    for (int epochs = 1; epochs < 200; epochs++) {
      double next = law.nextEpoch(epochs);
      assertThat(next).isPositive().isLessThan(before);
      before = next;
    }
    assertThat(law.uniqueEquivalent(1000)).isCloseTo(16.387756, within(1e-9));
  }

  @Test
  void moreDifferentTokensThanTrainedOnAreRefused() {
    assertThatThrownBy(() -> RepeatedData.published().loss(1e8, 1e9, 2e9))
        .hasMessageContaining("2.0E9 different tokens of 1.0E9 trained on");
  }
}
