package io.gristmill.curation.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  private final FoldedText folded = new FoldedText();

  @ParameterizedTest
  @CsvSource({
    "臺灣與澎湖的軟體, 台湾与澎湖的软体",
    "ＡＢＣ　１２３, abc 123",
    "Straße, strasse",
    "ｶﾀｶﾅ, カタカナ",
    "Ⅻ ﬁne, xii fine",
    "e\u0301te\u0301, \u00e9t\u00e9",
    "E\u0301TE\u0301, \u00e9t\u00e9",
    "soft\u00adhyphen, softhyphen"
  })
  void widthCaseCompatibilityAndScriptVariantsFold(String text, String expected) {
    assertThat(folded.fold(text).toString()).isEqualTo(expected);
    assertThat(folded.fold(expected).toString()).isEqualTo(expected);
  }

  /** ICU over the whole text is the definition; the table only saves its time. */
  @Test
  void everyTextFoldsAsIcuFoldsIt() {
    var random = new SplittableRandom(SEED);
    for (int n = 0; n < 20_000; n++) {
      String text = randomText(random, random.nextInt(12));
      assertThat(folded.fold(text).toString())
          .as("%s, seed=%d", escaped(text), SEED)
          .isEqualTo(simplified(Normalizer2.getNFKCCasefoldInstance().normalize(text)));
    }
  }

  @Test
  void everyCharacterOfTheBasicPlaneFoldsAsIcuFoldsIt() {
    for (int c = 0; c < 0x10000; c++) {
      String text = "a" + (char) c + "\u0301b";
      assertThat(folded.fold(text).toString())
          .as("U+%04X", c)
          .isEqualTo(simplified(Normalizer2.getNFKCCasefoldInstance().normalize(text)));
    }
  }

  @Test
  void digestIgnoresWhiteSpaceButNotPunctuation() {
    assertThat(digest(" a  b\n\nc ")).containsExactly(digest("a b c"));
    assertThat(digest("a+b")).isNotEqualTo(digest("a-b"));
    assertThat(digest("ab")).isNotEqualTo(digest("a b"));
    String book = "磨坊 mill ".repeat(5_000);
    assertThat(digest(book)).containsExactly(digest(book.replace(" ", "\u3000 ")));
    assertThat(digest(book)).isNotEqualTo(digest(book + "x"));
  }

  private long[] digest(String text) {
    return new TextDigest().of(folded.fold(text));
  }

  private static String simplified(String text) {
    var rules = Transliterator.getInstance("Traditional-Simplified");
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean han = c >= '\u3400' && c <= '\u9fff';
      String simple = han ? rules.transliterate(String.valueOf(c)) : "";
      out.append(simple.length() == 1 ? simple.charAt(0) : c);
    }
    return out.toString();
  }

  /**
   * Letters of many kinds, marks, jamo, invisible characters, and surrogates alone and in pairs.
   */
  private static String randomText(SplittableRandom random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(8)) {
        case 0 -> text.append((char) random.nextInt(0x20, 0x7f));
        case 1 -> text.append((char) random.nextInt(0x300, 0x370));
        case 2 -> text.append((char) random.nextInt(0x1100, 0x1200));
        case 3 -> text.append((char) random.nextInt(0x4e00, 0xa000));
        case 4 -> text.append("\u00ad\u200b\u200d\ufe0f\u034f".charAt(random.nextInt(5)));
        case 5 -> text.append((char) random.nextInt(0x10000));
        case 6 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
        default -> text.append((char) random.nextInt(0xac00, 0xd7a4));
      }
    }
    return text.toString();
  }

  private static String escaped(String text) {
    var out = new StringBuilder();
    text.chars().forEach(c -> out.append("\\u%04x".formatted(c)));
    return out.toString();
  }
}
