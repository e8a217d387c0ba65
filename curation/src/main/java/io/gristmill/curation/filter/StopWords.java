package io.gristmill.curation.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stop words whose presence shows running text. English: Gopher (arXiv 2112.11446, section
 * A.1.1). Chinese and Cantonese: our own lists of function words; FineWeb-2's mix both scripts, and
 * hold date words and a middle dot.
 */
final class StopWords {
  private static final List<String> ENGLISH =
      List.of("the", "be", "to", "of", "and", "that", "have", "with");

  private static final List<String> SIMPLIFIED =
      List.of(
          "的", "是", "在", "和", "了", "有", "不", "为", "与", "对", "也", "中", "以", "到", "就", "等", "可以", "这",
          "而", "从", "或", "被", "将", "于", "由", "我", "他", "都", "个", "上", "会", "用", "其", "并", "及", "如果",
          "我们");

  private static final List<String> TRADITIONAL =
      List.of(
          "的", "是", "在", "和", "了", "有", "不", "為", "與", "對", "也", "中", "以", "到", "就", "等", "可以", "這",
          "而", "從", "或", "被", "將", "於", "由", "我", "他", "都", "個", "上", "會", "用", "其", "並", "及", "如果",
          "我們");

  private static final List<String> CANTONESE =
      List.of(
          "嘅", "係", "喺", "有", "佢", "咗", "一", "同", "呢", "人", "唔", "都", "到", "啲", "就", "會", "而", "嚟",
          "可以", "由", "嗰", "做", "我", "你", "個", "話", "去", "好", "冇", "咁");

  private static final Map<String, StopWords> BY_LANGUAGE =
      Map.of(
          "en", new StopWords(ENGLISH),
          "zh", new StopWords(SIMPLIFIED),
          "zh-Hans", new StopWords(SIMPLIFIED),
          "zh-Hant", new StopWords(TRADITIONAL),
          "yue", new StopWords(CANTONESE));

  private final long[] sortedHashes;

  /** A bit for the last six of each hash: most words that are none are told by it. */
  private final long bits;

  private StopWords(List<String> words) {
    sortedHashes =
        words.stream()
            .map(word -> word.codePoints().toArray())
            .mapToLong(word -> Hashing.of(word, 0, word.length))
            .sorted()
            .toArray();
    bits = Arrays.stream(sortedHashes).map(hash -> 1L << hash).reduce(0, (a, b) -> a | b);
  }

  /** The list of a language, if we have one. */
  static Optional<StopWords> of(String language) {
    return Optional.ofNullable(BY_LANGUAGE.get(language));
  }

  /** How many words of the list are among these hashes of words, each counted once. */
  int distinct(long[] words) {
    boolean[] seen = new boolean[sortedHashes.length];
    int distinct = 0;
    for (long word : words) {
      if ((bits & (1L << word)) == 0) {
        continue;
      }
      int at = Arrays.binarySearch(sortedHashes, word);
      if (at >= 0 && !seen[at]) {
        seen[at] = true;
        distinct++;
      }
    }
    return distinct;
  }
}
