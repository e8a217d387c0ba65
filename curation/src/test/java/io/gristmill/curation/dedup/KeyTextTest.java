package io.gristmill.curation.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTextTest {
  @ParameterizedTest
  @CsvSource({
    "臺灣與澎湖的軟體, 台湾与澎湖的软体",
    "ＡＢＣ　１２３, abc 123",
    "Straße, strasse",
    "ｶﾀｶﾅ, カタカナ",
    "Ⅻ ﬁne, xii fine",
    "e\u0301te\u0301, \u00e9t\u00e9",
    "soft\u00adhyphen, softhyphen"
  })
  void widthCaseCompatibilityAndScriptVariantsFold(String text, String folded) {
    assertThat(KeyText.fold(text)).isEqualTo(folded);
    assertThat(KeyText.fold(folded)).isEqualTo(folded);
  }

  @Test
  void digestIgnoresWhiteSpaceButNotPunctuation() {
    assertThat(KeyText.digest(" a  b\n\nc ")).containsExactly(KeyText.digest("a b c"));
    assertThat(KeyText.digest("a+b")).isNotEqualTo(KeyText.digest("a-b"));
    assertThat(KeyText.digest("ab")).isNotEqualTo(KeyText.digest("a b"));
  }
}
