package io.gristmill.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1.00", "12.34, 12.3", "999.4, 999", "999.6, 1.00k", "2e9, 2.00G"})
  void numbersHaveThreeDigitsAndAUnit(double number, String text) {
    assertThat(Figures.brief(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.00132, 0.00132", "0.1, 0.100", "1e-12, 1.00e-12"})
  void smallNumbersKeepTheirDigits(double number, String text) {
    assertThat(Figures.measure(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.001, 3.60 s", "0.5, 30.0 min", "5, 5.00 h", "96, 4.00 d", "Infinity, never"})
  void durationsHaveTheUnitThatSuits(double hours, String text) {
    assertThat(Figures.duration(hours)).isEqualTo(text);
  }
}
