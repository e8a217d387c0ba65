package io.gristmill.curation.filter;

import static io.gristmill.curation.filter.Rule.atLeast;
import static io.gristmill.curation.filter.Rule.atMost;
import static io.gristmill.curation.filter.Rule.between;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The rules for crawled pages. English: Gopher (arXiv 2112.11446, section A.1.1) with the values
 * and the order of datatrove, then FineWeb (arXiv 2406.17557, section 3.6). Chinese and Cantonese:
 * FineWeb-2 (arXiv 2506.20920), then MAP-CC (arXiv 2404.04167) and ChineseWebText (arXiv
 * 2311.01149) for what only Chinese has. Others: those of Gopher that look at the shape.
 */
final class Web {
  private static final String GOPHER = "Gopher A.1.1";
  private static final String FINEWEB = "FineWeb 3.6";
  private static final String FINEWEB2 = "FineWeb-2";
  private static final String MAP_CC = "MAP-CC";
  private static final String CHINESE_WEB_TEXT = "ChineseWebText";

  /** What every language is judged by first. */
  private static final List<Rule> EMPTY = List.of(atLeast(1, Signal.WORDS, "empty", "datatrove"));

  private static final List<Rule> REPETITION =
      join(
          List.of(
              List.of(
                  atMost(0.30, Signal.DUPLICATE_PARAGRAPH_SHARE, "duplicate_paragraphs", GOPHER),
                  atMost(
                      0.20,
                      Signal.DUPLICATE_PARAGRAPH_CHARACTER_SHARE,
                      "duplicate_paragraph_characters",
                      GOPHER),
                  atMost(0.30, Signal.DUPLICATE_LINE_SHARE, "duplicate_lines", GOPHER),
                  atMost(
                      0.20,
                      Signal.DUPLICATE_LINE_CHARACTER_SHARE,
                      "duplicate_line_characters",
                      GOPHER)),
              topGrams(GOPHER, 0.20, 0.18, 0.16),
              duplicateGrams(GOPHER, 0.15, 0.14, 0.13, 0.12, 0.11, 0.10)));

  private static final List<Rule> LENGTH =
      List.of(between(50, 100_000, Signal.WORDS, "words", GOPHER));

  private static final List<Rule> SYMBOLS =
      List.of(
          atMost(0.1, Signal.HASH_RATIO, "hashes", GOPHER),
          atMost(0.1, Signal.ELLIPSIS_RATIO, "ellipses", GOPHER),
          atMost(0.9, Signal.BULLET_LINE_SHARE, "bullet_lines", GOPHER),
          atMost(0.3, Signal.ELLIPSIS_LINE_SHARE, "ellipsis_lines", GOPHER));

  private static final List<Rule> ENGLISH =
      join(
          List.of(
              EMPTY,
              REPETITION,
              LENGTH,
              List.of(between(3, 10, Signal.MEAN_WORD_LENGTH, "mean_word_length", GOPHER)),
              SYMBOLS,
              List.of(
                  atLeast(0.8, Signal.ALPHABETIC_WORD_SHARE, "alphabetic_words", GOPHER),
                  atLeast(2, Signal.STOP_WORDS, "stop_words", GOPHER),
                  atLeast(0.12, Signal.TERMINAL_LINE_SHARE, "terminal_lines", FINEWEB),
                  atMost(0.67, Signal.SHORT_LINE_SHARE, "short_lines", FINEWEB),
                  atMost(
                      0.01,
                      Signal.DUPLICATE_LINE_CHARACTER_SHARE,
                      "duplicate_line_characters",
                      FINEWEB),
                  atMost(0.3, Signal.LINE_ENDS_PER_WORD, "line_ends", FINEWEB))));

  /**
   * FineWeb-2 measures the most frequent run of n words joined by spaces. At 1.6 characters a word
   * it is then (1.6 n + n - 1) / 1.6 n times too long; its thresholds (.256, .201, .171) are
   * divided by that, since ours is measured as it stands in the text. Those for Cantonese (1.238,
   * .854, .623) could never fail, so it has the same.
   */
  private static final List<Rule> CHINESE_TOP_GRAMS =
      topGrams("FineWeb-2 without joining spaces", 0.195, 0.142, 0.116);

  private static final List<Rule> CHINESE_CHARACTERS =
      List.of(
          atLeast(50, Signal.CHARACTERS, "characters", MAP_CC),
          atLeast(0.3, Signal.HAN_SHARE, "han", CHINESE_WEB_TEXT),
          atLeast(10, Signal.MEAN_LINE_LENGTH, "mean_line_length", CHINESE_WEB_TEXT),
          atLeast(2, Signal.SENTENCES, "sentences", MAP_CC),
          atMost(0.1, Signal.LENTICULAR_BRACKET_SHARE, "lenticular_brackets", MAP_CC),
          atMost(0.3, Signal.DIGIT_SHARE, "digits", MAP_CC),
          atMost(0.3, Signal.READ_MORE_LINE_SHARE, "read_more_lines", MAP_CC),
          atLeast(Math.nextUp(0.0), Signal.PUNCTUATION_SHARE, "punctuation", MAP_CC),
          atLeast(0.1, Signal.UNIQUE_CHARACTER_SHARE, "unique_characters", MAP_CC),
          atLeast(3, Signal.CHARACTER_ENTROPY, "character_entropy", MAP_CC),
          atMost(0.20, Signal.TOP_2_CHARACTER_GRAM_SHARE, "top_2_character_gram", MAP_CC),
          atMost(0.18, Signal.TOP_3_CHARACTER_GRAM_SHARE, "top_3_character_gram", MAP_CC),
          atMost(0.16, Signal.TOP_4_CHARACTER_GRAM_SHARE, "top_4_character_gram", MAP_CC),
          atMost(
              0.6, Signal.DUPLICATE_5_CHARACTER_GRAM_SHARE, "duplicate_5_character_grams", MAP_CC),
          atMost(
              0.6,
              Signal.DUPLICATE_10_CHARACTER_GRAM_SHARE,
              "duplicate_10_character_grams",
              MAP_CC),
          atMost(
              0.5,
              Signal.DUPLICATE_13_CHARACTER_GRAM_SHARE,
              "duplicate_13_character_grams",
              CHINESE_WEB_TEXT));

  private static final List<Rule> CHINESE =
      join(
          List.of(
              EMPTY,
              List.of(atMost(0.287, Signal.DUPLICATE_LINE_SHARE, "duplicate_lines", FINEWEB2)),
              CHINESE_TOP_GRAMS,
              duplicateGrams(FINEWEB2, 0.198, 0.182, 0.167, 0.154, 0.14, 0.127),
              List.of(
                  atLeast(0.106, Signal.TERMINAL_LINE_SHARE, "terminal_lines", FINEWEB2),
                  atMost(
                      0.1,
                      Signal.DUPLICATE_LINE_CHARACTER_SHARE,
                      "duplicate_line_characters",
                      FINEWEB2),
                  atMost(0.178, Signal.LINE_ENDS_PER_WORD, "line_ends", FINEWEB2)),
              LENGTH,
              List.of(between(1, 5, Signal.MEAN_WORD_LENGTH, "mean_word_length", FINEWEB2)),
              SYMBOLS,
              List.of(
                  atLeast(0.735, Signal.ALPHABETIC_WORD_SHARE, "alphabetic_words", FINEWEB2),
                  atLeast(2, Signal.STOP_WORDS, "stop_words", FINEWEB2)),
              CHINESE_CHARACTERS));

  private static final List<Rule> CANTONESE =
      join(
          List.of(
              EMPTY,
              List.of(atMost(0.442, Signal.DUPLICATE_LINE_SHARE, "duplicate_lines", FINEWEB2)),
              CHINESE_TOP_GRAMS,
              duplicateGrams(FINEWEB2, 0.241, 0.216, 0.204, 0.193, 0.182, 0.17),
              List.of(
                  atLeast(0.111, Signal.TERMINAL_LINE_SHARE, "terminal_lines", FINEWEB2),
                  atMost(
                      0.1,
                      Signal.DUPLICATE_LINE_CHARACTER_SHARE,
                      "duplicate_line_characters",
                      FINEWEB2),
                  atMost(0.238, Signal.LINE_ENDS_PER_WORD, "line_ends", FINEWEB2)),
              LENGTH,
              List.of(between(1, 5, Signal.MEAN_WORD_LENGTH, "mean_word_length", FINEWEB2)),
              SYMBOLS,
              List.of(
                  atLeast(0.765, Signal.ALPHABETIC_WORD_SHARE, "alphabetic_words", FINEWEB2),
                  atLeast(2, Signal.STOP_WORDS, "stop_words", FINEWEB2)),
              CHINESE_CHARACTERS));

  static final Map<String, List<Rule>> RULES =
      Map.of(
          "en",
          ENGLISH,
          "zh",
          CHINESE,
          "yue",
          CANTONESE,
          Profile.ANY,
          join(List.of(EMPTY, REPETITION, LENGTH, SYMBOLS)));

  private Web() {}

  private static List<Rule> topGrams(String source, double... max) {
    var signals =
        List.of(Signal.TOP_2_GRAM_SHARE, Signal.TOP_3_GRAM_SHARE, Signal.TOP_4_GRAM_SHARE);
    return IntStream.range(0, max.length)
        .mapToObj(i -> atMost(max[i], signals.get(i), "top_%d_gram".formatted(i + 2), source))
        .toList();
  }

  private static List<Rule> duplicateGrams(String source, double... max) {
    var signals =
        List.of(
            Signal.DUPLICATE_5_GRAM_SHARE,
            Signal.DUPLICATE_6_GRAM_SHARE,
            Signal.DUPLICATE_7_GRAM_SHARE,
            Signal.DUPLICATE_8_GRAM_SHARE,
            Signal.DUPLICATE_9_GRAM_SHARE,
            Signal.DUPLICATE_10_GRAM_SHARE);
    return IntStream.range(0, max.length)
        .mapToObj(
            i -> atMost(max[i], signals.get(i), "duplicate_%d_grams".formatted(i + 5), source))
        .toList();
  }

  private static List<Rule> join(List<List<Rule>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }
}
