package io.gristmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void shortTextsStayWhole() {
    assertThat(Excerpt.of("one two", 20)).isEqualTo("one two");
    assertThat(Excerpt.of("", 20)).isEmpty();
  }

  @Test
  void longTextsEndAtAWord() {
    assertThat(Excerpt.of("one two three four five six seven", 24))
        .isEqualTo("one two three four five …");
    assertThat(Excerpt.of("日期时间工具类，提供格式化。所有方法都是线程安全的。", 14)).isEqualTo("日期时间工具类，提供格式化。 …");
  }

  @Test
  void codePointsAreNotCutInHalf() {
    assertThat(Excerpt.of("𠮷".repeat(10), 4)).isEqualTo("𠮷𠮷𠮷𠮷…");
  }

  @Test
  void emptyLinesShrinkToOne() {
    assertThat(Excerpt.of("a\n\n \n\nb", 20)).isEqualTo("a\n\nb");
  }
}
