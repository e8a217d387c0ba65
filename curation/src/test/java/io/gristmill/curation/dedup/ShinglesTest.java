package io.gristmill.curation.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShinglesTest {
  private final Shingles shingles = new Shingles(MinHashConfig.defaults());

  @ParameterizedTest
  @CsvSource({
    "one two, 0",
    "one two three, 1",
    "one two three four, 2",
    "床前明月光, 0",
    "床前明月光疑, 1",
    "床前明月光疑是, 2",
    "one 二三四五, 1",
    "one two 三四, 1",
    "'one, two; — three!', 1",
    "……, 0"
  })
  void threeWordsWeighAsMuchAsSixCharacters(String text, int count) {
    assertThat(of(text)).hasSize(count);
  }

  @Test
  void punctuationAndSpaceOnlySeparate() {
    assertThat(of("使用 kubectl 命令，查看（日志）。")).containsExactly(of("使用kubectl命令查看日志"));
    assertThat(of("a b c d")).isNotEqualTo(of("ab c d e"));
  }

  @Test
  void aShingleIsTheSameWhereverItStands() {
    int[] whole = of("zero one two three four 春眠不覺曉處處聞啼鳥");
    int[] part = of("three four 春眠不覺曉處處聞啼鳥");
    assertThat(Arrays.copyOfRange(whole, 3, whole.length)).containsExactly(part);
  }

  private int[] of(String text) {
    return shingles.of(new FoldedText().fold(text));
  }
}
