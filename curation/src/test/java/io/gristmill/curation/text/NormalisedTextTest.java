package io.gristmill.curation.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NormalisedTextTest {
  @Test
  void widthCaseLigaturesAndWhiteSpaceDoNotMatter() {
    assertThat(NormalisedText.of("  Ｈello,\n\t\u3000ﬁne　WORLD １２３ "))
        .isEqualTo("hello, fine world 123");
    assertThat(NormalisedText.of("Straße")).isEqualTo(NormalisedText.of("STRASSE"));
    assertThat(NormalisedText.of("ｶﾞ")).isEqualTo(NormalisedText.of("ガ"));
  }

  @Test
  void invisibleCharactersDoNotMatter() {
    assertThat(NormalisedText.of("\uFEFFa\u200Bb\u00ADc")).isEqualTo("abc");
  }

  @Test
  void simplifiedAndTraditionalStayDifferent() {
    assertThat(NormalisedText.of("臺灣")).isNotEqualTo(NormalisedText.of("台湾"));
  }

  @Test
  void normalisingTwiceChangesNothing() {
    String once = NormalisedText.of("Ǆ Ω ΐ e\u0301 ﷺ ½ 𝔘𝔫𝔦 ㌔");
    assertThat(NormalisedText.of(once)).isEqualTo(once);
  }
}
