package io.gristmill.curation.passage;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SentencesTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void sentencesEndAtTheirMarks() {
    assertThat(Texts.sentences("It rains. Does it? Yes! (Really.) \"So.\" End"))
        .containsExactly("It rains.", "Does it?", "Yes!", "(Really.)", "\"So.\"", "End");
    assertThat(Texts.sentences("下雨了。真的吗？真的！“是的。”他说。完"))
        .containsExactly("下雨了。", "真的吗？", "真的！", "“是的。”", "他说。", "完");
  }

  @Test
  void noSentenceEndsInsideANumberAnAddressOrBeforeASmallLetter() {
    assertThat(Texts.sentences("Pi is 3.14 at example.com?a=b, e.g. here……然后。"))
        .containsExactly("Pi is 3.14 at example.com?a=b, e.g. here……然后。");
  }

  @Test
  void aLineEndsASentenceUnlessItIsWrapped() {
    assertThat(Texts.sentences("A heading\nA line that is\nwrapped. Next\n\nand a paragraph\n\n"))
        .containsExactly("A heading", "A line that is\nwrapped.", "Next", "and a paragraph");
    assertThat(Texts.sentences("一行\r\n二行\r\n")).containsExactly("一行", "二行");
    assertThat(Texts.sentences(" \n ")).isEmpty();
  }

  @Test
  void noBoundaryLiesInsideACharacter() {
    List<String> parts =
        List.of(
            "a",
            "字",
            ". ",
            "。",
            "！",
            "\n",
            "\n\n",
            " ",
            "\u0301",
            "\u200D",
            "👩",
            "👍🏽",
            "\uFE0F",
            "🇨🇳",
            "👩\u200D👩\u200D👧",
            "𠮷",
            "か\u3099",
            "”",
            "A",
            "\uD800",
            "각",
            "ก็");
    var random = new SplittableRandom(SEED);
    for (int round = 0; round < 2000; round++) {
      var text = new StringBuilder();
      for (int i = 0; i < 12; i++) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      var characters = BreakIterator.getCharacterInstance(ULocale.ROOT);
      characters.setText(text.toString());
      int[] codePoints = text.toString().codePoints().toArray();
      var sentences = Sentences.of(codePoints);
      for (int i = 0; i < sentences.count(); i++) {
        for (int place : new int[] {sentences.start(i), sentences.end(i)}) {
          int unit = text.offsetByCodePoints(0, place);
          boolean whole = unit == text.length() || characters.isBoundary(unit);
          boolean joined = unit < text.length() && Tokens.joined(codePoints[place]);
          assertThat(whole || (joined && i == 0))
              .as("seed %d: %s at %d", SEED, escaped(text), place)
              .isTrue();
        }
      }
    }
  }

  private static String escaped(CharSequence text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(
            c ->
                out.append(c < 0x7f && c >= 0x20 ? Character.toString(c) : "\\x{%x}".formatted(c)));
    return out.toString();
  }
}
