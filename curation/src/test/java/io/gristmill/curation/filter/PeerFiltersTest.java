package io.gristmill.curation.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.curation.language.Language;
import io.gristmill.curation.line.LineEdits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every case of every filter of documents in other pipelines' own tests: met by our signals at the
 * case's threshold, or in a table of differences, each with its reason in docs/curation-filters.md.
 * A case that is neither fails, and so does a difference that is none any more.
 */
@Tag("shared")
class PeerFiltersTest {
  private static final Path SHARED = Path.of(System.getProperty("tests.shared", ""), "data");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Filters of documents by peer; the rest of the goldens is not about keeping documents. */
  private static final Map<String, Set<String>> FILTERS =
      Map.of(
          "nemo",
          Set.of(
              "AlphaFilter",
              "BulletsFilter",
              "CommonEnglishWordsFilter",
              "EllipsisFilter",
              "GeneralCommentToCodeFilter",
              "HTMLBoilerplateFilter",
              "LongWordFilter",
              "MeanWordLengthFilter",
              "NonAlphaNumericFilter",
              "NumberOfLinesOfCodeFilter",
              "NumbersFilter",
              "ParenthesesFilter",
              "PunctuationFilter",
              "PythonCommentToCodeFilter",
              "RepeatedLinesByCharFilter",
              "RepeatedLinesFilter",
              "RepeatedParagraphsByCharFilter",
              "RepeatedParagraphsFilter",
              "RepeatingDuplicateNGramsFilter",
              "RepeatingTopNGramsFilter",
              "SubstringFilter",
              "SymbolsToWordsFilter",
              "UrlsFilter",
              "WhiteSpaceFilter",
              "WordCountFilter",
              "WordsWithoutAlphabetsFilter",
              "XMLHeaderFilter"),
          "datajuicer",
          Set.of(
              "alphanumeric_filter",
              "average_line_length_filter",
              "character_repetition_filter",
              "maximum_line_length_filter",
              "special_characters_filter",
              "stopwords_filter",
              "text_length_filter",
              "word_repetition_filter",
              "words_num_filter"),
          "datatrove",
          Set.of(
              "c4_paragraph",
              "c4_quality",
              "fineweb_quality",
              "gopher_quality",
              "gopher_repetition",
              "regex"));

  /** Where we differ on purpose: the cases of each, by the name of their test and their numbers. */
  private static final Map<String, int[]> DIFFERENCES =
      Map.ofEntries(
          Map.entry("datajuicer alphanumeric_filter/test_case", new int[] {1, 2, 4}),
          Map.entry("datajuicer alphanumeric_filter/test_token_case", new int[] {0, 1, 2, 3, 4, 5}),
          Map.entry("datajuicer character_repetition_filter/test_case", new int[] {0, 1}),
          Map.entry("datajuicer special_characters_filter/test_case", new int[] {2, 5}),
          Map.entry("datajuicer stopwords_filter/test_zh_case", new int[] {1}),
          Map.entry("datajuicer word_repetition_filter/test_zh_case", new int[] {1}),
          Map.entry("datatrove test_regex", new int[] {0, 1}),
          Map.entry("nemo test_any_mode", new int[] {0, 1}),
          Map.entry("nemo test_prefix_mode", new int[] {0, 1}),
          Map.entry("nemo test_suffix_mode", new int[] {0, 1}),
          Map.entry("nemo test_filter_dataset_any", new int[] {0, 1, 2, 3}),
          Map.entry("nemo test_filter_dataset_prefix", new int[] {0, 1, 2, 3}),
          Map.entry("nemo test_filter_dataset_suffix", new int[] {0, 1, 2, 3, 4}),
          Map.entry("nemo test_general_commment_to_code", new int[] {0, 1, 2, 3}),
          Map.entry("nemo test_python_comment_to_code", new int[] {0, 1, 2, 3}),
          Map.entry("nemo test_html_boilerplate", new int[] {0, 1, 2}),
          Map.entry("nemo test_xml_header", new int[] {0, 1, 2}),
          Map.entry("nemo test_repeatingduplicatengrams", new int[] {0, 1, 2}),
          Map.entry("nemo test_urls_filter_accepts_custom_regex", new int[] {0, 2}),
          Map.entry("nemo test_wordcount", new int[] {3}),
          Map.entry("nemo test_wordcount_zh", new int[] {1}));

  @BeforeAll
  static void goldensAreThere() {
    assumeTrue(
        Files.isDirectory(SHARED.resolve("goldens")),
        "goldens: no shared data at %s, skipped".formatted(SHARED));
  }

  @Test
  void everyCaseIsMetOrExplained() throws IOException {
    Map<String, Integer> met = new TreeMap<>();
    Set<String> differences = new TreeSet<>();
    for (Map.Entry<String, Set<String>> peer : FILTERS.entrySet()) {
      for (JsonNode golden : cases(peer.getKey())) {
        String rule = golden.get("rule").asText();
        if (!peer.getValue().contains(rule) || !golden.get("expected").has("kept")) {
          continue;
        }
        boolean kept =
            rules(rule, golden.get("case").asText(), golden.get("config"))
                .map(rules -> judge(rules, golden))
                .orElse(!golden.get("expected").get("kept").asBoolean());
        if (kept == golden.get("expected").get("kept").asBoolean()) {
          met.merge(peer.getKey(), 1, Integer::sum);
        } else {
          differences.add(peer.getKey() + " " + golden.get("case").asText());
        }
      }
    }
    Set<String> explained = new TreeSet<>();
    DIFFERENCES.forEach(
        (test, numbers) -> {
          for (int number : numbers) {
            explained.add("%s/%d".formatted(test, number));
          }
        });
    assertThat(differences).as("met: %s", met).containsExactlyElementsOf(explained);
    assertThat(met).isEqualTo(Map.of("datajuicer", 53, "datatrove", 25, "nemo", 77));
  }

  @Test
  void everyDifferenceHasItsReasonInTheDocs() throws IOException {
    String docs =
        Files.readString(Path.of(System.getProperty("tests.root"), "docs/curation-filters.md"));
    for (String test : DIFFERENCES.keySet()) {
      assertThat(docs).contains("`" + test.substring(test.indexOf(' ') + 1) + "`");
    }
  }

  /** Taggers that give numbers, of which ours are those of the text without white space around. */
  @Test
  void measuresOfDolmaAndNemoAreOurs() throws IOException {
    for (JsonNode golden : cases("dolma")) {
      Signals signals = Signals.measure(golden.get("input").asText(), "en");
      JsonNode expected = golden.get("expected");
      switch (golden.get("rule").asText()) {
        case "char_length" ->
            assertThat(signals.value(Signal.CHARACTERS))
                .isEqualTo(expected.get("char_length").asDouble());
        case "c4/has_curly_brace" -> assertFound(signals, Signal.CURLY_BRACKET_SHARE, expected);
        case "c4/has_javascript" -> assertFound(signals, Signal.JAVASCRIPT_MENTIONS, expected);
        case "c4/has_lorem_ipsum" -> assertFound(signals, Signal.LOREM_IPSUM_MENTIONS, expected);
        case "code_redpajama" ->
            assertThat(signals.value(Signal.LONGEST_LINE))
                .isEqualTo(expected.get("max_line_length_doc").asDouble());
        case "gopher" -> assertGopher(signals, golden);
        default -> {}
      }
    }
    for (JsonNode golden : cases("nemo")) {
      if (golden.get("rule").asText().equals("line_statistics")) {
        String text = golden.get("input").asText();
        assertThat(Signals.measure(text, "en").value(Signal.LONGEST_LINE))
            .as(text)
            .isEqualTo(golden.get("expected").get("max_line_length").asDouble());
      }
    }
  }

  private static void assertFound(Signals signals, Signal signal, JsonNode expected) {
    assertThat(signals.value(signal) > 0).isEqualTo(!expected.get("spans").isEmpty());
  }

  /** The most frequent runs occur once in these texts, and dolma counts words with their marks. */
  private static void assertGopher(Signals signals, JsonNode golden) {
    JsonNode scores = golden.get("expected").get("scores");
    Map<String, Signal> same =
        Map.of(
            "character_count", Signal.CHARACTERS,
            "required_word_count", Signal.STOP_WORDS,
            "symbol_to_word_ratio", Signal.SYMBOL_RATIO,
            "fraction_of_lines_starting_with_bullet_point", Signal.BULLET_LINE_SHARE,
            "fraction_of_lines_ending_with_ellipsis", Signal.ELLIPSIS_LINE_SHARE,
            "fraction_of_duplicate_lines", Signal.DUPLICATE_LINE_SHARE,
            "fraction_of_characters_in_duplicate_lines", Signal.DUPLICATE_LINE_CHARACTER_SHARE,
            "fraction_of_characters_in_duplicate_5grams", Signal.DUPLICATE_5_GRAM_SHARE,
            "fraction_of_characters_in_duplicate_10grams", Signal.DUPLICATE_10_GRAM_SHARE);
    same.forEach(
        (name, signal) -> {
          if (scores.has(name)) {
            assertThat(signals.value(signal))
                .as("%s of %s", name, golden.get("input"))
                .isEqualTo(scores.get(name).asDouble());
          }
        });
    if (scores.has("word_count") && !golden.get("case").asText().contains("whitespace_sep")) {
      assertThat(signals.value(Signal.WORDS)).isEqualTo(scores.get("word_count").asDouble());
    }
  }

  private static boolean judge(List<Rule> rules, JsonNode golden) {
    String language = golden.get("config").path("lang").asText("en");
    String text = golden.get("input").asText();
    return new Profile("case", Map.of(Language.ANY, rules), LineEdits.NONE, List.of())
        .judge(Signals.measure(text, language)::value, language)
        .kept();
  }

  /** Our rules for a filter of theirs; none where we have no such filter. */
  private static Optional<List<Rule>> rules(String filter, String name, JsonNode config) {
    List<Rule> rules =
        switch (filter) {
          case "AlphaFilter" -> List.of(atLeast(Signal.ALPHANUMERIC_SHARE, 0.25));
          case "BulletsFilter" -> List.of(atMost(Signal.BULLET_LINE_SHARE, 0.9));
          case "CommonEnglishWordsFilter" -> List.of(atLeast(Signal.STOP_WORDS, 2));
          case "EllipsisFilter" -> List.of(atMost(Signal.ELLIPSIS_LINE_SHARE, 0.8));
          case "LongWordFilter" -> between(Signal.LONGEST_WORD, config, "", "max_word_length");
          case "MeanWordLengthFilter" ->
              List.of(atLeast(Signal.MEAN_WORD_LENGTH, 3), atMost(Signal.MEAN_WORD_LENGTH, 10));
          case "NonAlphaNumericFilter" -> List.of(atLeast(Signal.ALPHANUMERIC_SHARE, 0.75));
          case "NumberOfLinesOfCodeFilter" ->
              between(Signal.LINES, config, "min_lines", "max_lines");
          case "NumbersFilter" ->
              between(Signal.DIGIT_SHARE, config, "", "max_number_to_text_ratio");
          case "ParenthesesFilter" -> List.of(atMost(Signal.PARENTHESIS_SHARE, 0.1));
          case "PunctuationFilter" -> List.of(atLeast(Signal.TERMINAL_LINE_SHARE, 0.15));
          case "RepeatedLinesFilter" -> List.of(atMost(Signal.DUPLICATE_LINE_SHARE, 0.3));
          case "RepeatedLinesByCharFilter" ->
              List.of(atMost(Signal.DUPLICATE_LINE_CHARACTER_SHARE, 0.2));
          case "RepeatedParagraphsFilter" -> List.of(atMost(Signal.DUPLICATE_PARAGRAPH_SHARE, 0.3));
          case "RepeatedParagraphsByCharFilter" ->
              List.of(atMost(Signal.DUPLICATE_PARAGRAPH_CHARACTER_SHARE, 0.2));
          case "RepeatingTopNGramsFilter" -> List.of(atMost(Signal.TOP_2_GRAM_SHARE, 0.2));
          case "SymbolsToWordsFilter" -> List.of(atMost(Signal.SYMBOL_RATIO, 0.1));
          case "UrlsFilter" -> List.of(atMost(Signal.URL_SHARE, 0.2));
          case "WhiteSpaceFilter" -> List.of(atMost(Signal.WHITE_SPACE_SHARE, 0.25));
          case "WordCountFilter" -> between(Signal.WORDS, config, "min_words", "max_words");
          case "WordsWithoutAlphabetsFilter" -> List.of(atLeast(Signal.ALPHABETIC_WORD_SHARE, 0.8));
          case "alphanumeric_filter" ->
              config.path("tokenization").asBoolean()
                  ? null
                  : between(Signal.ALPHANUMERIC_SHARE, config, "min_ratio", "max_ratio");
          case "average_line_length_filter" ->
              between(Signal.MEAN_LINE_LENGTH, config, "min_len", "max_len");
          case "character_repetition_filter" ->
              between(Signal.DUPLICATE_5_CHARACTER_GRAM_SHARE, config, "min_ratio", "max_ratio");
          case "maximum_line_length_filter" ->
              between(Signal.LONGEST_LINE, config, "min_len", "max_len");
          case "special_characters_filter" -> List.of(atLeast(Signal.ALPHANUMERIC_SHARE, 0.75));
          case "stopwords_filter" -> between(Signal.STOP_WORD_SHARE, config, "min_ratio", "");
          case "text_length_filter" -> between(Signal.CHARACTERS, config, "min_len", "max_len");
          case "word_repetition_filter" ->
              between(Signal.TOP_3_GRAM_SHARE, config, "min_ratio", "max_ratio");
          case "words_num_filter" -> between(Signal.WORDS, config, "min_num", "max_num");
          case "c4_paragraph" -> Profiles.named("c4").rulesOf("zh");
          case "c4_quality" -> Profiles.named("c4").rulesOf("en");
          case "fineweb_quality" -> fineWeb(name);
          case "gopher_repetition" -> gopher("duplicate", "top");
          case "gopher_quality" -> gopherQuality();
          default -> null;
        };
    return Optional.ofNullable(rules);
  }

  /** FineWeb's own rules, at what the case sets. */
  private static List<Rule> fineWeb(String name) {
    double terminal =
        switch (name) {
          case "test_rejects_low_punctuation_ratio" -> 0.5;
          case "test_rejects_mostly_short_lines" -> 0;
          default -> 0.12;
        };
    return List.of(
        atLeast(Signal.CHARACTERS, 1),
        atLeast(Signal.TERMINAL_LINE_SHARE, terminal),
        atMost(
            Signal.SHORT_LINE_SHARE, name.equals("test_rejects_mostly_short_lines") ? 0.5 : 0.67),
        atMost(Signal.DUPLICATE_LINE_CHARACTER_SHARE, 0.01),
        atMost(Signal.LINE_ENDS_PER_WORD, name.equals("test_rejects_list_heavy_doc") ? 0.1 : 0.3));
  }

  /** The rules of our profile whose reasons begin so. */
  private static List<Rule> gopher(String... beginnings) {
    return Profiles.named("gopher").rulesOf("en").stream()
        .filter(
            rule -> {
              for (String beginning : beginnings) {
                if (rule.reason().startsWith(beginning)) {
                  return true;
                }
              }
              return false;
            })
        .toList();
  }

  /** The cases ask for 10 to 1,000 words. */
  private static List<Rule> gopherQuality() {
    return Profiles.named("gopher").rulesOf("en").stream()
        .filter(rule -> !rule.reason().startsWith("duplicate") && !rule.reason().startsWith("top"))
        .map(
            rule ->
                rule.reason().equals("words")
                    ? new Rule("words", rule.signal(), 10, 1_000, "case")
                    : rule)
        .toList();
  }

  private static List<Rule> between(Signal signal, JsonNode config, String min, String max) {
    var rules = new ArrayList<Rule>();
    if (config.has(min)) {
      rules.add(atLeast(signal, config.get(min).asDouble()));
    }
    if (config.has(max)) {
      rules.add(atMost(signal, config.get(max).asDouble()));
    }
    return rules;
  }

  private static Rule atLeast(Signal signal, double min) {
    return Rule.atLeast(min, signal, signal.key(), "case");
  }

  private static Rule atMost(Signal signal, double max) {
    return Rule.atMost(max, signal, signal.key(), "case");
  }

  private static List<JsonNode> cases(String peer) throws IOException {
    return Files.readAllLines(SHARED.resolve("goldens").resolve(peer + ".jsonl")).stream()
        .map(PeerFiltersTest::node)
        .collect(Collectors.toList());
  }

  private static JsonNode node(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
