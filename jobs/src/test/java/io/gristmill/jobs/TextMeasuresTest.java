package io.gristmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TextMeasuresTest {
  @Test
  void sharesAreOfLettersOnly() {
    TextMeasures measures = TextMeasures.of("获取 API 的值，123。");
    assertThat(measures.hanShare()).isCloseTo(4.0 / 7, within(1e-12));
    assertThat(measures.latinShare()).isCloseTo(3.0 / 7, within(1e-12));
  }

  @Test
  void fourGramsAreOfWordsInEnglishAndOfCharactersInChinese() {
    assertThat(TextMeasures.of("a b c d a b c d").distinctFourGrams()).isEqualTo(4.0 / 5);
    assertThat(TextMeasures.of("你好你好你好").distinctFourGrams()).isEqualTo(2.0 / 3);
  }

  @Test
  void replacementCharactersAreCountedAndTextWithoutLettersHasNoShare() {
    TextMeasures measures = TextMeasures.of("\uFFFD1\uFFFD");
    assertThat(measures).isEqualTo(new TextMeasures(0, 0, 1, 2));
  }

  @Test
  void charactersBeyondTheBasicPlaneCountOnce() {
    assertThat(TextMeasures.of("\uD840\uDC00a").hanShare()).isEqualTo(.5);
  }
}
