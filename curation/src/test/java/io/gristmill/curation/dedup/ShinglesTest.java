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

  /** Each has words of its own, and none is made of what all texts of its script have. */
  @ParameterizedTest
  @CsvSource({
    "يحمل الطحان الأكياس الثقيلة قبل المطر, تقع القرية القديمة خلف النهر الهادئ",
    "мельник носит тяжёлые мешки перед дождём, старая деревня стоит за тихой рекой",
    "चक्कीवाला बारिश से पहले भारी बोरियाँ, पुराना गाँव शांत नदी के पीछे",
    "가루장수는 비가 오기 전에 무거운, 오래된 마을은 조용한 강 뒤에 있다",
    "粉屋は雨の前に重い袋を運んだ, 古い村は静かな川の向こうにある"
  })
  void differentTextsOfAnyScriptShareNoShingle(String one, String other) {
    assertThat(of(one)).hasSizeGreaterThan(2).doesNotContain(of(other));
    assertThat(Arrays.stream(of(one)).distinct().count()).isEqualTo(of(one).length);
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
