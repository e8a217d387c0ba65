package io.gristmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void briefNumbersHaveThreeDigitsAndAUnit() {
    assertThat(Numbers.brief(12L)).isEqualTo("12");
    assertThat(Numbers.brief(999L)).isEqualTo("999");
    assertThat(Numbers.brief(1000L)).isEqualTo("1.00k");
    assertThat(Numbers.brief(99_960L)).isEqualTo("100k");
    assertThat(Numbers.brief(999_600L)).isEqualTo("1.00M");
    assertThat(Numbers.brief(6_553_600L)).isEqualTo("6.55M");
    assertThat(Numbers.brief(Double.NaN)).isEqualTo("–");
  }

  @Test
  void bytesHaveDecimalUnits() {
    assertThat(Numbers.bytes(812)).isEqualTo("812 B");
    assertThat(Numbers.bytes(48_213)).isEqualTo("48.2 kB");
    assertThat(Numbers.bytes(81_264_331)).isEqualTo("81.3 MB");
  }

  @Test
  void onlyNothingIsZeroPercentAndOnlyAllIsAHundred() {
    assertThat(Numbers.percent(0, 10)).isEqualTo("0 %");
    assertThat(Numbers.percent(1, 100_000)).isEqualTo("<0.1 %");
    assertThat(Numbers.percent(41, 1000)).isEqualTo("4.1 %");
    assertThat(Numbers.percent(1, 3)).isEqualTo("33 %");
    assertThat(Numbers.percent(99_999, 100_000)).isEqualTo(">99.9 %");
    assertThat(Numbers.percent(10, 10)).isEqualTo("100 %");
    assertThat(Numbers.percent(1, 0)).isEqualTo("–");
  }

  @Test
  void measuresKeepFourDigits() {
    assertThat(Numbers.measure(20)).isEqualTo("20");
    assertThat(Numbers.measure(0.7)).isEqualTo("0.7");
    assertThat(Numbers.measure(0.214312)).isEqualTo("0.2143");
    assertThat(Numbers.measure(1234.5678)).isEqualTo("1,234.6");
    assertThat(Numbers.measure(0.0000123)).isEqualTo("1.23e-5");
    assertThat(Numbers.measure(Double.NEGATIVE_INFINITY)).isEqualTo("–");
  }

  @Test
  void ticksHaveTheDigitsOfTheirStep() {
    assertThat(Numbers.tick(0, 0.5)).isEqualTo("0");
    assertThat(Numbers.tick(2.5, 0.5)).isEqualTo("2.5");
    assertThat(Numbers.tick(3, 0.5)).isEqualTo("3.0");
    assertThat(Numbers.tick(0.0005, 0.0005)).isEqualTo("5e-4");
    assertThat(Numbers.tick(8000, 2000)).isEqualTo("8,000");
    assertThat(Numbers.tick(30_000, 10_000)).isEqualTo("30k");
    assertThat(Numbers.tick(2_500_000, 500_000)).isEqualTo("2.5M");
  }
}
