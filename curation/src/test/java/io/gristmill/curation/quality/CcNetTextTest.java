package io.gristmill.curation.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CcNetTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "２３ of 1998 > 00 of 0000",
        "０１２３４５６７８９ > 0000000000",
        "Crème BRÛLÉE > creme brulee",
        "你好，世界。（是）！ > 你好,世界.(是)!",
        "「《磨坊》」 > \"\"磨坊\"\"",
        "a — b… > a  -  b...",
      })
  void charactersAreThoseOfCcNet(String text, String seen) {
    assertThat(CcNetText.of(text)).isEqualTo(seen);
  }

  @Test
  void lineEndsGoAsControlCharactersDo() {
    assertThat(CcNetText.of(" one\ntwo\tthree\u0007 ")).isEqualTo("onetwothree");
  }
}
