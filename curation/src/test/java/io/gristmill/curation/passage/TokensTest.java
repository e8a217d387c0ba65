package io.gristmill.curation.passage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.text.Characters;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
  @Test
  void wordsAndHanCharactersAreTokensAndNothingElseIs() {
    assertThat(tokens("The miller's 3.14 磨坊，C++ 🙂 x²"))
        .containsExactly("The", "miller", "s", "3", "14", "磨", "坊", "C", "x");
    assertThat(tokens(" \t。！\n--")).isEmpty();
  }

  @Test
  void marksAndJoinersBelongToWhatIsBeforeThem() {
    assertThat(tokens("cafe\u0301 x")).containsExactly("cafe\u0301", "x");
    assertThat(tokens("か\u3099き")).containsExactly("か\u3099", "き");
    assertThat(tokens("葛\uDB40\uDD00城")).containsExactly("葛\uDB40\uDD00", "城");
    assertThat(tokens("co\u00ADoperate")).containsExactly("co\u00ADoperate");
    assertThat(tokens("\u0301x")).containsExactly("x");
  }

  @Test
  void charactersBeyondTheBasicPlaneCountOnce() {
    String text = "𠮷野家 𝐱y";
    assertThat(tokens(text)).containsExactly("𠮷", "野", "家", "𝐱y");
    Tokens tokens = of(text);
    assertThat(tokens.start(1)).isEqualTo(1);
    assertThat(tokens.end(3)).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({
    "HELLO, hello",
    "Ｈｅｌｌｏ, hello",
    "ÉTÉ, été",
    "e\u0301, é",
    "臺, 台",
    "㍿, ㍿",
    "ﬁne, fine",
    "co\u00ADoperate, cooperate",
    "ｶ, カ",
    "か\u3099, が",
    "１２, 12"
  })
  void tokensOfEqualFoldedFormHaveEqualHashes(String a, String b) {
    assertThat(of(a).count()).isEqualTo(of(b).count());
    IntStream.range(0, of(a).count())
        .forEach(i -> assertThat(of(a).hash(i)).isEqualTo(of(b).hash(i)));
  }

  @Test
  void digitsCountOnlyWhereTheyShould() {
    Tokens a = of("2019 v2 ١٢");
    Tokens b = of("2024 v7 ٣٤");
    for (int i = 0; i < 3; i++) {
      assertThat(a.hash(i)).isNotEqualTo(b.hash(i));
      assertThat(a.digitlessHash(i)).isEqualTo(b.digitlessHash(i));
    }
    assertThat(of("word 字").digitlessHash(0)).isEqualTo(of("word 字").hash(0));
    assertThat(of("201").digitlessHash(0)).isNotEqualTo(of("2019").digitlessHash(0));
  }

  @Test
  void aWordIsAsLongAsTwoCharacters() {
    Tokens tokens = of("one two 三四五");
    assertThat(tokens.length(0, 5)).isEqualTo(7);
    assertThat(tokens.length(1, 3)).isEqualTo(3);
    assertThat(tokens.from(0)).isZero();
    assertThat(tokens.from(1)).isEqualTo(1);
    assertThat(tokens.from(99)).isEqualTo(5);
  }

  private static Tokens of(String text) {
    return Tokens.of(Characters.codePoints(text));
  }

  private static List<String> tokens(String text) {
    int[] codePoints = Characters.codePoints(text);
    Tokens tokens = Tokens.of(codePoints);
    return IntStream.range(0, tokens.count())
        .mapToObj(i -> new String(codePoints, tokens.start(i), tokens.end(i) - tokens.start(i)))
        .toList();
  }
}
