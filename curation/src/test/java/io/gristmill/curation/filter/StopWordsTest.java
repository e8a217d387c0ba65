package io.gristmill.curation.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Transliterator;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopWordsTest {
  private static final String SIMPLIFIED = "的 是 在 不 为 与 对 这 从 将 于 个 会 并 后 国 号 乡 我们 如果";
  private static final String TRADITIONAL =
      Transliterator.getInstance("Simplified-Traditional").transliterate(SIMPLIFIED);

  @ParameterizedTest
  @CsvSource({"zh-Hans, 16, 5", "zh-Hant, 5, 16"})
  void aListHoldsWordsOfItsOwnWritingOnly(String language, int simplified, int traditional) {
    assertThat(distinct(language, SIMPLIFIED)).isEqualTo(simplified);
    assertThat(distinct(language, TRADITIONAL)).isEqualTo(traditional);
  }

  @ParameterizedTest
  @CsvSource({"zh-Hans", "zh-Hant", "yue"})
  void datesMarksAndPlacesAreNoStopWords(String language) {
    assertThat(distinct(language, "年 月 日 号 號 · 国 國 市 镇 鎮 香港")).isZero();
  }

  private static int distinct(String language, String words) {
    long[] hashes =
        Arrays.stream(words.split(" "))
            .map(word -> word.codePoints().toArray())
            .mapToLong(word -> Hashing.of(word, 0, word.length))
            .toArray();
    return StopWords.of(language).orElseThrow().distinct(hashes);
  }
}
