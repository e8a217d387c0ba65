package io.gristmill.tokenization.quality;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenKindTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "|磨坊|,HAN",
        "| 麦|,HAN",
        "|𠀋|,HAN",
        "| the|,LATIN",
        "|é|,LATIN",
        "|e\u0301|,LATIN",
        "|磨a|,MIXED",
        "|磨。|,MIXED",
        "|a1|,MIXED",
        "|3.14|,MIXED",
        "|'s|,MIXED",
        "|2026|,DIGITS",
        "|２|,DIGITS",
        "|，|,PUNCTUATION",
        "|==|,PUNCTUATION",
        "|😀|,PUNCTUATION",
        "|   |,SPACE",
        "|　|,SPACE",
        "|жук|,OTHER_LETTERS",
        "|ひら|,OTHER_LETTERS",
      })
  void saysWhatATokenIsWrittenIn(String text, TokenKind kind) {
    assertThat(TokenKind.of(text.getBytes(UTF_8))).isEqualTo(kind);
  }

  @Test
  void bytesThatAreNoWholeCharactersArePartial() {
    byte[] mill = "磨坊".getBytes(UTF_8);
    for (int from = 0; from < mill.length; from++) {
      for (int to = from + 1; to <= mill.length; to++) {
        TokenKind kind = TokenKind.of(Arrays.copyOfRange(mill, from, to));
        assertThat(kind == TokenKind.HAN).isEqualTo(from % 3 == 0 && to % 3 == 0);
        assertThat(kind == TokenKind.PARTIAL).isEqualTo(kind != TokenKind.HAN);
      }
    }
  }
}
