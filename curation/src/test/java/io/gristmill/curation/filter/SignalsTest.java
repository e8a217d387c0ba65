package io.gristmill.curation.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SignalsTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void namesAndValuesStandInTheSameOrder() {
    Double[] values = english("one two").toDoubles();
    assertThat(Signals.names())
        .hasSize(values.length)
        .hasSize(Signal.values().length)
        .doesNotHaveDuplicates();
    assertThat(values[Signals.names().indexOf("words")]).isEqualTo(2.0);
    assertThat(values[Signals.names().indexOf("top_2_character_gram_share")])
        .as("no Chinese here")
        .isNull();
  }

  @Test
  void emptyTextHasSignalsAndNothingIsNotANumber() {
    for (String text : new String[] {"", " \n\n ", "。", "#"}) {
      for (Double value : english(text).toDoubles()) {
        assertThat(value == null || Double.isFinite(value)).as("text=<%s>", text).isTrue();
      }
    }
  }

  @Test
  void wordsAreCountedInCodePointsWithoutMarks() {
    Signals signals = english("A big cat, a #tag... 😀");
    assertThat(signals.value(Signal.WORDS)).isEqualTo(5); // A big cat a tag
    assertThat(signals.value(Signal.MEAN_WORD_LENGTH)).isEqualTo(11 / 5.0);
    assertThat(signals.value(Signal.HASH_RATIO)).isEqualTo(1 / 9.0);
    assertThat(signals.value(Signal.ELLIPSIS_RATIO)).isEqualTo(1 / 9.0);
    assertThat(signals.value(Signal.ALPHABETIC_WORD_SHARE)).isEqualTo(5 / 9.0);
    assertThat(signals.value(Signal.CHARACTERS)).isEqualTo(22);
  }

  @Test
  void stopWordsAreDifferentOnesInTheirCase() {
    assertThat(english("the the the and The").value(Signal.STOP_WORDS)).isEqualTo(2);
    assertThat(Signals.measure("我们的书在这里", "zh-Hans").value(Signal.STOP_WORDS))
        .isEqualTo(3); // 我们 的 在
    assertThat(Signals.measure("le chat et la souris", "fr").value(Signal.STOP_WORDS)).isNaN();
  }

  @Test
  void wordsAreComparedWhateverTheirCase() {
    Signals signals = english("The cat and THE dog and NATO.");
    assertThat(signals.value(Signal.UNIQUE_WORD_SHARE)).isEqualTo(5 / 7.0);
    assertThat(signals.value(Signal.WORD_ENTROPY))
        .isEqualTo(-2 * 2 / 7.0 * Math.log(2 / 7.0) - 3 / 7.0 * Math.log(1 / 7.0), within(1e-12));
    assertThat(signals.value(Signal.ALL_CAPS_WORD_SHARE)).isEqualTo(2 / 7.0);
    assertThat(signals.value(Signal.STOP_WORD_SHARE)).isEqualTo(4 / 7.0);
    assertThat(signals.value(Signal.LONGEST_WORD)).isEqualTo(4);
    assertThat(signals.value(Signal.UPPERCASE_SHARE)).isEqualTo(8 / 22.0);
    Signals chinese = chinese("我们在这里，你们在那里");
    assertThat(chinese.value(Signal.UNIQUE_WORD_SHARE)).isEqualTo(5 / 6.0); // 在 twice
    assertThat(chinese.value(Signal.STOP_WORD_SHARE)).isEqualTo(1);
    assertThat(chinese.value(Signal.ALL_CAPS_WORD_SHARE)).isZero();
    assertThat(Signals.measure("le chat", "fr").value(Signal.STOP_WORD_SHARE)).isNaN();
  }

  @Test
  void bracketsAddressesAndNoticesAreCounted() {
    Signals signals = english("if (x) { } // Lorem Ipsum\nEnable JavaScript: https://e.org/a?b c");
    assertThat(signals.value(Signal.CURLY_BRACKET_SHARE)).isEqualTo(2 / 64.0);
    assertThat(signals.value(Signal.PARENTHESIS_SHARE)).isEqualTo(2 / 64.0);
    assertThat(signals.value(Signal.LOREM_IPSUM_MENTIONS)).isEqualTo(1);
    assertThat(signals.value(Signal.JAVASCRIPT_MENTIONS)).isEqualTo(1);
    assertThat(signals.value(Signal.URL_SHARE)).isEqualTo(17 / 64.0);
    assertThat(signals.value(Signal.WHITE_SPACE_SHARE)).isEqualTo(10 / 64.0);
    assertThat(signals.value(Signal.LONGEST_LINE)).isEqualTo(38);
    assertThat(english("a".repeat(199) + "\n" + "b".repeat(200)).value(Signal.LONG_LINES))
        .isEqualTo(1);
    assertThat(chinese("见https://e.org/吧").value(Signal.URL_SHARE)).isEqualTo(14 / 16.0);
    assertThat(chinese("磨坊（旧）").value(Signal.PARENTHESIS_SHARE)).isEqualTo(2 / 5.0);
  }

  @Test
  void whatWasTakenOutIsMeasuredToo() {
    Signals signals = Signals.measure("kept.", "kept.\n\nMenu", "en");
    assertThat(signals.value(Signal.ORIGINAL_CHARACTERS)).isEqualTo(11);
    assertThat(signals.value(Signal.ORIGINAL_LINES)).isEqualTo(2);
    assertThat(signals.value(Signal.REMOVED_SHARE)).isEqualTo(6 / 11.0);
    assertThat(signals.value(Signal.LINES)).isEqualTo(1);
  }

  @Test
  void chineseSpamIsToldByItsShare() {
    assertThat(chinese("代开发票，加微信，时时彩").value(Signal.SPAM_SHARE)).isEqualTo(10 / 12.0);
    assertThat(chinese("他买了一张彩票，结果没有中奖。").value(Signal.SPAM_SHARE)).isEqualTo(2 / 15.0);
    assertThat(english("The lottery.").value(Signal.SPAM_SHARE)).isZero();
  }

  @Test
  void mojibakeIsSeenAndAccentsAreNot() {
    assertThat(english("PÃ£o donâ€™t").value(Signal.MOJIBAKE_SHARE)).isEqualTo(5 / 11.0);
    assertThat(chinese("锟斤拷烫烫烫").value(Signal.MOJIBAKE_SHARE)).isEqualTo(1);
    assertThat(chinese("浣犲ソ銆").value(Signal.MOJIBAKE_SHARE)).isEqualTo(1 / 4.0);
    for (String clean :
        new String[] {
          "Él dijo «adiós» à Évian.", "CAFÉ» São João, naïve ÂME", "你好，世界。「对」", "1 £ ½"
        }) {
      assertThat(english(clean).value(Signal.MOJIBAKE_SHARE)).as(clean).isZero();
    }
  }

  @Test
  void linesAreMeasuredOneByOneWithTheirPlaces() {
    assertThat(LineSignals.of("  - One TWO 3.\r\n\n中文在这里\nUse JavaScript!"))
        .containsExactly(
            new LineSignals(2, 14, 3, 0, true, true, 1 / 12.0, 4 / 12.0),
            new LineSignals(17, 22, 3, 0, false, false, 0, 0),
            new LineSignals(23, 38, 2, 1, false, true, 0, 3 / 15.0));
    assertThat(LineSignals.of("")).isEmpty();
  }

  @Test
  void chineseLinesThatEndInQuotesAfterTheirMarkAreTerminated() {
    assertThat(chinese("他说：“好。”\n「是的。」\n（完。）\n真的？！\n没有标点").value(Signal.TERMINAL_LINE_SHARE))
        .isEqualTo(0.8);
    assertThat(english("He said \"yes.\"\nNo end\nWait…\nOk!)").value(Signal.TERMINAL_LINE_SHARE))
        .isEqualTo(0.75);
  }

  @Test
  void blankLinesAreNoLines() {
    Signals signals = english("\n\none line.\r\n\r\n  \ntwo\n");
    assertThat(signals.value(Signal.LINES)).isEqualTo(2);
    assertThat(signals.value(Signal.PARAGRAPHS)).isEqualTo(2);
    assertThat(signals.value(Signal.LINE_ENDS_PER_WORD)).isEqualTo(1 / 4.0);
    assertThat(signals.value(Signal.MEAN_LINE_LENGTH)).isEqualTo(6);
  }

  @Test
  void repeatedLinesAndParagraphsCountFromTheSecondTimeOn() {
    Signals lines = english("same line\nsame line\nother\n  same line  ");
    assertThat(lines.value(Signal.DUPLICATE_LINE_SHARE)).isEqualTo(0.5);
    assertThat(lines.value(Signal.DUPLICATE_LINE_CHARACTER_SHARE)).isEqualTo(18 / 39.0);
    Signals paragraphs = english("a b\nc\n\na b\nc\n\na b");
    assertThat(paragraphs.value(Signal.PARAGRAPHS)).isEqualTo(3);
    assertThat(paragraphs.value(Signal.DUPLICATE_PARAGRAPH_SHARE)).isEqualTo(1 / 3.0);
    assertThat(paragraphs.value(Signal.DUPLICATE_PARAGRAPH_CHARACTER_SHARE)).isEqualTo(4 / 17.0);
  }

  @Test
  void bulletsEllipsesAndInvitationsAreSeenAtTheEndsOfLines() {
    Signals signals = english("• one\n- two\n* three\n-5 degrees\nand so on...\nRead more");
    assertThat(signals.value(Signal.BULLET_LINE_SHARE)).isEqualTo(0.5);
    assertThat(signals.value(Signal.ELLIPSIS_LINE_SHARE)).isEqualTo(1 / 6.0);
    assertThat(signals.value(Signal.READ_MORE_LINE_SHARE)).isEqualTo(1 / 6.0);
    assertThat(chinese("展开\n正文在这里。").value(Signal.READ_MORE_LINE_SHARE)).isEqualTo(0.5);
  }

  @Test
  void sentencesEndAtMarksAndLines() {
    assertThat(english("One. Two! Three? Version 3.14 of e.g. that").value(Signal.SENTENCES))
        .isEqualTo(5);
    assertThat(chinese("第一句。第二句！第三句").value(Signal.SENTENCES)).isEqualTo(3);
    assertThat(english("Heading\n\nText.").value(Signal.SENTENCES)).isEqualTo(2);
  }

  @Test
  void shareOfTheTopGramOfChineseIsNotInflatedByJoining() {
    // 我们 is 2 of 3 characters, five times in a row with another one between: 10 of 15.
    Signals signals = chinese("我们好我们来我们去我们看我们听");
    assertThat(signals.value(Signal.TOP_2_CHARACTER_GRAM_SHARE)).isEqualTo(10 / 15.0);
    assertThat(signals.value(Signal.TOP_2_GRAM_SHARE)).isLessThanOrEqualTo(1);
  }

  @Test
  void duplicatedChineseIsFoundByCharacters() {
    String sentence = "版权所有未经许可不得转载本站内容";
    Signals signals = chinese(sentence.repeat(4));
    assertThat(signals.value(Signal.DUPLICATE_13_CHARACTER_GRAM_SHARE)).isGreaterThan(0.5);
    assertThat(chinese(sentence).value(Signal.DUPLICATE_5_CHARACTER_GRAM_SHARE)).isZero();
  }

  @Test
  void charactersAreCountedByKind() {
    Signals signals = chinese("【广告】价格12元！\uFFFD");
    assertThat(signals.value(Signal.HAN_SHARE)).isEqualTo(5 / 11.0);
    assertThat(signals.value(Signal.DIGIT_SHARE)).isEqualTo(2 / 8.0);
    assertThat(signals.value(Signal.PUNCTUATION_SHARE)).isEqualTo(3 / 11.0);
    assertThat(signals.value(Signal.LENTICULAR_BRACKET_SHARE)).isEqualTo(2 / 11.0);
    assertThat(signals.value(Signal.NOISE_SHARE)).isEqualTo(1 / 11.0);
    assertThat(signals.value(Signal.ALPHANUMERIC_SHARE)).isEqualTo(7 / 11.0);
    assertThat(english("a + b = $5").value(Signal.SYMBOL_SHARE)).isEqualTo(0.5);
  }

  @Test
  void entropyIsInNats() {
    assertThat(english("aabb").value(Signal.CHARACTER_ENTROPY))
        .isEqualTo(Math.log(2), within(1e-12));
    assertThat(english("aaaa").value(Signal.CHARACTER_ENTROPY)).isZero();
    assertThat(english("abcd").value(Signal.CHARACTER_ENTROPY))
        .isEqualTo(Math.log(4), within(1e-12));
    assertThat(english("aabb").value(Signal.UNIQUE_CHARACTER_SHARE)).isEqualTo(0.5);
  }

  @Test
  void sharesStayBetweenZeroAndOneForAnyText() {
    String alphabet = "ab中文。#…. \n\n-1的的的\uD83D\uDE00";
    var random = new SplittableRandom(SEED);
    for (int round = 0; round < 2_000; round++) {
      var text = new StringBuilder();
      int length = random.nextInt(120);
      for (int i = 0; i < length; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Signals signals = chinese(text.toString());
      for (Signal signal : Signal.values()) {
        boolean top = signal.key().startsWith("top_"); // overlapping occurrences count each
        if (signal.key().endsWith("_share") && !top && !Double.isNaN(signals.value(signal))) {
          assertThat(signals.value(signal))
              .as("%s text=<%s> seed=%d", signal, text, SEED)
              .isBetween(0.0, 1.0);
        }
      }
      assertThat(chinese(text.toString())).isEqualTo(signals);
    }
  }

  private static Signals english(String text) {
    return Signals.measure(text, "en");
  }

  private static Signals chinese(String text) {
    return Signals.measure(text, "zh-Hans");
  }
}
