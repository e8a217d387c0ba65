package io.gristmill.curation.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void lettersDigitsMarksAndInnerApostrophesAreOneWord() {
    assertThat(words("Don't pay $3.14, naïve_user42!"))
        .containsExactly("Don't", "pay", "$", "3.14", ",", "naïve_user42", "!");
  }

  @Test
  void apostrophesAndPointsAtTheEdgesAreWordsOfTheirOwn() {
    assertThat(words("'So do I,' he said. a.b. 1,000,"))
        .containsExactly(
            "'", "So", "do", "I", ",", "'", "he", "said", ".", "a.b", ".", "1,000", ",");
  }

  @Test
  void runOfOneMarkIsOneWord() {
    assertThat(words("wait... ---- ?! ……")).containsExactly("wait", "...", "----", "?", "!", "……");
  }

  @Test
  void dictionariesCutChineseJapaneseAndThai() {
    assertThat(words("我喜欢学习中文。")).containsExactly("我", "喜欢", "学习", "中文", "。");
    assertThat(words("我們研究臺灣歷史")).containsExactly("我們", "研究", "臺灣", "歷史");
    assertThat(words("使用Thread類的run方法")).containsExactly("使用", "Thread", "類", "的", "run", "方法");
    assertThat(words("สวัสดีครับ")).hasSizeGreaterThan(1);
  }

  @Test
  void supplementaryCharactersCountOnce() {
    assertThat(words("𠺢𠸏 😀😀 a")).endsWith("😀😀", "a");
    Words words = Words.of(Characters.codePoints("😀 ab"));
    assertThat(words.end(1) - words.start(1)).isEqualTo(2);
    assertThat(words.start(1)).isEqualTo(2);
  }

  @Test
  void emptyAndBlankTextHasNoWords() {
    assertThat(words("")).isEmpty();
    assertThat(words(" \n\t\u3000")).isEmpty();
  }

  @Test
  void agreesWithIcuOnAlphabeticText() {
    String alphabet = "abzÄéñΩжبڭ3०9_'’.:,;-#@ \n\u0301\u00ad\u200d、。!?…\"()·٫";
    int[] codePoints = Characters.codePoints(alphabet);
    var random = new SplittableRandom(SEED);
    for (int round = 0; round < 3_000; round++) {
      var text = new StringBuilder("x");
      int length = random.nextInt(12);
      for (int i = 0; i < length; i++) {
        text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
      }
      assertThat(words(text.toString()))
          .as("text=%s seed=%d", text, SEED)
          .containsExactlyElementsOf(icuWords(text.toString()));
    }
  }

  /** ICU's words, without white space, and runs of one mark joined as ours are. */
  private static List<String> icuWords(String text) {
    BreakIterator breaks = BreakIterator.getWordInstance(ULocale.ROOT);
    breaks.setText(text);
    var words = new ArrayList<String>();
    boolean gap = true;
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
      String word = text.substring(from, to);
      int first = word.codePointAt(0);
      boolean space =
          (Characters.of(first) & Characters.SPACE) != 0 || WordBreak.of(first) == WordBreak.EXTEND;
      boolean mark =
          (Characters.of(word.codePointAt(0)) & (Characters.ALPHABETIC | Characters.DIGIT)) == 0
              && word.codePointAt(0) != '_';
      boolean repeats = mark && !gap && words.getLast().codePointAt(0) == first;
      if (repeats) {
        words.set(words.size() - 1, words.getLast() + word);
      } else if (!space) {
        words.add(word);
      }
      gap = space;
    }
    return words;
  }

  private static List<String> words(String text) {
    int[] codePoints = Characters.codePoints(text);
    Words words = Words.of(codePoints);
    var out = new ArrayList<String>();
    for (int word = 0; word < words.count(); word++) {
      out.add(new String(codePoints, words.start(word), words.end(word) - words.start(word)));
    }
    return out;
  }
}
