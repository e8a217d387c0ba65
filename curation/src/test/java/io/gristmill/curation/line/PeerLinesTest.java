package io.gristmill.curation.line;

import com.fasterxml.jackson.databind.JsonNode;
import io.gristmill.curation.filter.Edited;
import io.gristmill.curation.filter.Signal;
import io.gristmill.curation.filter.Signals;
import io.gristmill.curation.html.Extraction;
import io.gristmill.curation.html.ExtractionMode;
import io.gristmill.curation.line.LineRule.Bound;
import io.gristmill.curation.line.LineRule.Phrases;
import io.gristmill.curation.line.LineRule.Place;
import io.gristmill.curation.line.LineRule.Removes;
import io.gristmill.curation.lists.ListConfig;
import io.gristmill.curation.lists.ListKind;
import io.gristmill.curation.lists.Lists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every case of the tests of DCLM and datamap-rs, by our edits, signals and lists. */
@Tag("shared")
class PeerLinesTest {
  private static final double NONE = Double.POSITIVE_INFINITY;

  /** Cases that differ, by {@code peer/case} or its beginning: the row of the docs' table. */
  private static final Map<String, String> DIFFERENCES =
      Map.ofEntries(
          Map.entry("dclm/test_substring_line_modifier/372", "case"),
          Map.entry("dclm/test_url_removal_modifier/600.25", "bare number"),
          Map.entry("dclm/test_url_removal_modifier/604.25", "bare number"),
          Map.entry("dclm/test_within_page_dedup/635", "case"),
          Map.entry("dclm/test_within_page_dedup/641", "paragraphs"),
          Map.entry("dclm/test_within_page_dedup/647", "paragraphs"),
          Map.entry("dclm/test_newline_removal_modifier/657", "empty"),
          Map.entry("dclm/test_newline_removal_modifier/658", "empty"),
          Map.entry("dclm/test_split_lines_modifier/", "one text"),
          Map.entry("dclm/test_join_lines_modifier/7", "one text"),
          Map.entry("dclm/test_alphabetic_characters_to_tokens_filter/", "tokens"),
          Map.entry("dclm/test_line_length_filters/46", "longest line"),
          Map.entry("dclm/test_line_length_filters/72", "longest line"),
          Map.entry("dclm/test_line_length_filters/77", "longest line"),
          Map.entry("dclm/test_page_length_filter/334", "sentences"),
          Map.entry("dclm/test_page_length_filter/341", "sentences"),
          Map.entry("dclm/test_substring_filter/378", "case"),
          Map.entry("dclm/test_ellipsis_count_filter/419.2", "spaced points"),
          Map.entry("dclm/test_ellipsis_count_filter/428.2", "spaced points"),
          Map.entry("dclm/test_symbol_ratio_filter/513", "spaced points"),
          Map.entry("dclm/test_stop_word_filter/454", "stop words"),
          Map.entry("dclm/test_word_removal_ratio_filter/556", "marks"),
          Map.entry("dclm/test_repetition_filter/168", "first occurrence"),
          Map.entry("dclm/test_repetition_filter/170", "first occurrence"),
          Map.entry("dclm/test_repetition_filter/175", "first occurrence"),
          Map.entry("dclm/test_repetition_filter/177", "first occurrence"),
          Map.entry("dclm/test_repetition_filter/184", "first occurrence"),
          Map.entry("dclm/test_repetition_filter/186", "first occurrence"),
          Map.entry("dclm/test_repetition_filter/197", "first occurrence"),
          Map.entry("dclm/test_repetition_filter/198", "first occurrence"),
          Map.entry("dclm/test_repetition_filter/204", "first occurrence"),
          Map.entry("dclm/test_repetition_filter/206", "first occurrence"),
          Map.entry("dclm/test_repetition_filter/212", "first occurrence"),
          Map.entry("dclm/test_repetition_filter/216", "first occurrence"),
          Map.entry("dclm/test_repetition_filter/220", "first occurrence"),
          Map.entry("dclm/test_symbol_ratio_filter/509", "marks"),
          Map.entry("dclm/test_symbol_ratio_filter/511", "marks"),
          Map.entry("dclm/test_alphabetic_word_ratio_filter/576", "marks"),
          Map.entry("dclm/test_alphabetic_word_ratio_filter/581", "marks"),
          Map.entry("dclm/test_url_substring_filter/29", "hyphens"),
          Map.entry("dclm/test_url_substring_filter/30", "hyphens"),
          Map.entry("dclm/test_url_substring_filter/42", "overlaps"),
          Map.entry("dclm/test_url_substring_filter/49", "case"),
          Map.entry("dclm/test_url_substring_filter/51", "case"),
          Map.entry("dclm/test_url_substring_filter/54", "case"),
          Map.entry("datamap/newline_removal_modifier/test_process_with_empty_text", "empty"),
          Map.entry("datamap/regex_line_modifier/test_edge_cases/0", "empty"),
          Map.entry("datamap/regex_line_modifier/test_edge_cases/1", "empty"),
          Map.entry("datamap/regex_text_filter/test_remove_matches_false/", "pages without"),
          Map.entry("datamap/substring_line_modifier/test_empty_text", "empty"),
          Map.entry("datamap/substring_line_modifier/test_case_sensitivity", "case"),
          Map.entry("datamap/bullet_filter/test_process_empty_text", "empty"),
          Map.entry("datamap/ellipsis_line_ratio_filter/test_empty_text", "empty"),
          Map.entry(
              "datamap/ellipsis_line_ratio_filter/test_different_ellipsis_formats",
              "spaced points"),
          Map.entry("datamap/symbol_ratio_filter/test_process_with_ellipsis/1", "spaced points"),
          Map.entry("datamap/symbol_ratio_filter/test_process_mixed_symbols", "marks"),
          Map.entry("datamap/symbol_ratio_filter/test_process_custom_field", "marks"),
          Map.entry("datamap/stop_word_filter/test_case_insensitivity", "stop words"),
          Map.entry("datamap/word_len_filter/test_process_punctuation", "marks"),
          Map.entry("datamap/page_len_filter/test_punctuation_handling/1", "marks"),
          Map.entry("datamap/page_len_filter/test_edge_cases/1", "empty"),
          Map.entry("datamap/massive_repetition_filter/test_", "first occurrence"));

  @TempDir private static Path folder;

  @ParameterizedTest
  @CsvSource({"dclm, 381, 54", "datamap, 88, 37"})
  void casesAreMetOrExplained(String peer, int met, int explained) throws IOException {
    PeerCases.of(peer).check(PeerLinesTest::problem, DIFFERENCES, met, explained);
  }

  /** What is wrong with our answer; empty if nothing is. */
  private static String problem(JsonNode golden) throws IOException {
    JsonNode expected = golden.get("expected");
    JsonNode config = golden.get("config");
    JsonNode input = golden.get("input");
    String text = input.isTextual() ? input.asText() : input.path("text").asText();
    return switch (golden.get("rule").asText()) {
      case "substring_line_modifier" -> edited(expected, text, phrases(golden));
      case "line_length_modifier" ->
          edited(
              expected,
              text,
              new Bound(
                  "r",
                  LineMeasure.WORDS,
                  config.path("min_length").asDouble(0),
                  config.path("max_length").asDouble(NONE),
                  "case"));
      case "line_len_modifier" ->
          edited(
              expected,
              text,
              Bound.atLeast(config.path("lower_bound").asDouble(), LineMeasure.WORDS, "r", "case"));
      case "punctuation_line_modifier" ->
          config.path("remove_ellipses").asBoolean()
              ? edited(
                  expected,
                  text,
                  Bound.atLeast(1, LineMeasure.TERMINATED, "r", "case"),
                  Bound.atMost(0, LineMeasure.BROKEN_OFF, "r", "case"))
              : edited(expected, text, Bound.atLeast(1, LineMeasure.TERMINATED, "r", "case"));
      case "word_length_modifier" ->
          edited(
              expected,
              text,
              Bound.atMost(
                  config.get("max_length").asDouble(), LineMeasure.LONGEST_WORD, "r", "case"));
      case "counter_line_modifier" ->
          edited(expected, text, Bound.atMost(0, LineMeasure.COUNTER, "r", "case"));
      case "regex_line_modifier" ->
          config.has("regex")
              ? edited(
                  expected, text, new LineRule.Pattern("r", config.get("regex").asText(), "case"))
              : edited(expected, text, Bound.atMost(0, LineMeasure.COUNTER, "r", "case"));
      case "uppercase_ratio_line_modifier" ->
          edited(
              expected,
              text,
              Bound.atMost(
                  config.path("max_ratio").asDouble(0.5),
                  LineMeasure.UPPERCASE_SHARE,
                  "r",
                  "case"));
      case "numeric_ratio_line_modifier" ->
          edited(
              expected,
              text,
              Bound.atMost(
                  config.path("max_ratio").asDouble(0.999999),
                  LineMeasure.DIGIT_SHARE,
                  "r",
                  "case"));
      case "ratio_line_modifier" ->
          edited(
              expected,
              text,
              Bound.atMost(
                  config.get("upper_bound").asDouble(),
                  config.get("check").asText().equals("uppercase")
                      ? LineMeasure.UPPERCASE_SHARE
                      : LineMeasure.DIGIT_SHARE,
                  "r",
                  "case"));
      case "citation_removal_modifier" ->
          edited(expected, text, new LineEdits(true, false, LineEdits.ANY, Map.of()));
      case "url_removal_modifier" ->
          edited(expected, text, new LineEdits(false, true, LineEdits.ANY, Map.of()));
      case "within_page_dedup" ->
          edited(expected, text, Bound.atMost(0, LineMeasure.REPEATS, "r", "case"));
      case "newline_removal_modifier" ->
          edited(
              expected,
              text,
              new LineEdits(false, false, config.path("max_consecutive").asInt(2) - 1, Map.of()));
      case "substring_filter" -> substring(golden, text);
      case "regex_text_filter" ->
          dropped(
              expected,
              text,
              new LineRule.Pattern("r", config.get("regex_string").asText(), "case"));
      case "split_lines_modifier",
          "join_lines_modifier",
          "alphabetic_characters_to_tokens_filter",
          "repetition_fraction" ->
          "no rule of ours";
      case "html_content_extraction_modifier" ->
          edited(
              expected,
              Extraction.extract(text, "", ExtractionMode.FULL_TEXT).text(),
              LineEdits.NONE);
      case "url_substring_filter" -> urlWords(expected, config, input.get("url").asText());
      case "massive_web_repetition_filters" -> repetition(expected, text);
      case "word_removal_ratio_filter" -> wordRemoval(expected, config, input, text);
      default -> signal(golden.get("rule").asText(), expected, config, text);
    };
  }

  private static List<String> banned(JsonNode config) {
    List<String> banned = new ArrayList<>();
    if (config.get("banlist").isArray()) {
      config.get("banlist").forEach(phrase -> banned.add(phrase.asText()));
    } else {
      banned.add(config.get("banlist").asText());
    }
    return banned;
  }

  private static LineRule phrases(JsonNode golden) {
    JsonNode config = golden.get("config");
    List<String> banned = banned(config);
    boolean datamap = golden.get("peer").asText().equals("datamap-rs");
    return new Phrases(
        "r",
        banned,
        switch (config.path("location").asText("any")) {
          case "prefix" -> Place.START;
          case "suffix" -> Place.END;
          default -> Place.ANYWHERE;
        },
        config.path(datamap ? "max_len" : "max_length").asInt(Phrases.ANY_LENGTH),
        config.path("remove_substring_only").asBoolean(datamap) ? Removes.PHRASE : Removes.LINE,
        "case");
  }

  private static String edited(JsonNode expected, String text, LineRule... rules) {
    return edited(
        expected, text, new LineEdits(false, false, LineEdits.ANY, Map.of("*", List.of(rules))));
  }

  private static String edited(JsonNode expected, String text, LineEdits edits) {
    String left = new LineEditor(edits).edit(text, "en").text();
    if (expected.has("kept") && expected.get("kept").asBoolean() == left.isBlank()) {
      return "left " + left;
    }
    if (expected.has("text") && !plain(left).equals(plain(expected.get("text").asText()))) {
      return "left " + left;
    }
    for (JsonNode part : expected.path("text_contains")) {
      if (!left.contains(part.asText())) {
        return "left " + left;
      }
    }
    for (JsonNode part : expected.path("text_not_contains")) {
      if (left.contains(part.asText())) {
        return "left " + left;
      }
    }
    return "";
  }

  /** White space at the ends of lines and texts, which the peers trim in some rules, left out. */
  private static String plain(String text) {
    return text.strip().replaceAll("[ \t]+\n", "\n");
  }

  /** The words that a text had, as the case says; what it has is left to our count. */
  private static String wordRemoval(
      JsonNode expected, JsonNode config, JsonNode input, String text) {
    String had =
        config.path("prev_word_count_key").asText(config.path("word_count_field").asText());
    double words =
        input.has("new_word_count")
            ? input.get("new_word_count").asDouble()
            : Signals.measure(text, "en").value(Signal.WORDS);
    long removed = Math.round(input.get(had).asDouble() - words);
    double share = new Edited(text, new TreeMap<>(), removed).wordRemovalShare(words);
    double most =
        config.path("upper_bound").asDouble(config.path("max_removed_ratio").asDouble(0.05));
    return kept(expected, words > 0 && share <= most, "share " + share);
  }

  /** A page is dropped that has a phrase; where whole words count, by a list of words. */
  private static String substring(JsonNode golden, String text) throws IOException {
    JsonNode config = golden.get("config");
    return config.path("exact_word").asBoolean()
        ? listed(golden.get("expected"), ListKind.WORDS, banned(config), "", text, 1)
        : dropped(golden.get("expected"), text, phrases(golden));
  }

  /** A page is dropped of which a line rule takes anything. */
  private static String dropped(JsonNode expected, String text, LineRule rule) {
    Edited edited =
        new LineEditor(new LineEdits(false, false, LineEdits.ANY, Map.of("*", List.of(rule))))
            .edit(text, "en");
    double share = edited.removedShare("r");
    return kept(expected, share == 0, "removed share " + share);
  }

  private static String urlWords(JsonNode expected, JsonNode config, String url)
      throws IOException {
    return listed(
        expected,
        config.path("match_substrings").asBoolean(true) ? ListKind.URL_PARTS : ListKind.URL_WORDS,
        banned(config),
        url,
        "",
        config.path("num_banned_substrs").asInt(1));
  }

  private static String listed(
      JsonNode expected, ListKind kind, List<String> entries, String url, String text, int enough)
      throws IOException {
    Path file = Files.write(folder.resolve("list.txt"), entries);
    double matches =
        Lists.read(
                List.of(new ListConfig("list", kind, List.of(file.toString()), List.of())),
                new Configuration())
            .of(url, text, "en")
            .getFirst()
            .matches();
    return kept(expected, matches < enough, "matches " + matches);
  }

  /** Gopher's repetition at the thresholds of the paper, table A1. */
  private static String repetition(JsonNode expected, String text) {
    Signals signals = Signals.measure(text, "en");
    Map<Signal, Double> most =
        Map.ofEntries(
            Map.entry(Signal.DUPLICATE_LINE_SHARE, 0.3),
            Map.entry(Signal.DUPLICATE_PARAGRAPH_SHARE, 0.3),
            Map.entry(Signal.DUPLICATE_LINE_CHARACTER_SHARE, 0.2),
            Map.entry(Signal.DUPLICATE_PARAGRAPH_CHARACTER_SHARE, 0.2),
            Map.entry(Signal.TOP_2_GRAM_SHARE, 0.2),
            Map.entry(Signal.TOP_3_GRAM_SHARE, 0.18),
            Map.entry(Signal.TOP_4_GRAM_SHARE, 0.16),
            Map.entry(Signal.DUPLICATE_5_GRAM_SHARE, 0.15),
            Map.entry(Signal.DUPLICATE_6_GRAM_SHARE, 0.14),
            Map.entry(Signal.DUPLICATE_7_GRAM_SHARE, 0.13),
            Map.entry(Signal.DUPLICATE_8_GRAM_SHARE, 0.12),
            Map.entry(Signal.DUPLICATE_9_GRAM_SHARE, 0.11),
            Map.entry(Signal.DUPLICATE_10_GRAM_SHARE, 0.10));
    List<Signal> above =
        most.entrySet().stream()
            .filter(entry -> signals.value(entry.getKey()) > entry.getValue())
            .map(Map.Entry::getKey)
            .toList();
    return kept(expected, signals.value(Signal.WORDS) > 0 && above.isEmpty(), "above " + above);
  }

  private static String signal(String rule, JsonNode expected, JsonNode config, String text) {
    Signals signals = Signals.measure(text, "en");
    boolean some = signals.value(Signal.WORDS) > 0;
    record Range(Signal signal, double min, double max) {}
    Range range =
        switch (rule) {
          case "ellipsis_count_filter" ->
              new Range(
                  Signal.ELLIPSIS_LINE_SHARE, 0, config.get("max_ellipsis_end_ratio").asDouble());
          case "ellipsis_line_ratio_filter" ->
              new Range(Signal.ELLIPSIS_LINE_SHARE, 0, config.get("max_ratio").asDouble());
          case "bullet_count_filter" ->
              new Range(
                  Signal.BULLET_LINE_SHARE, 0, config.get("max_bullet_start_ratio").asDouble());
          case "bullet_filter" ->
              new Range(Signal.BULLET_LINE_SHARE, 0, config.get("max_bullet_ratio").asDouble());
          case "stop_word_filter" ->
              new Range(Signal.STOP_WORDS, config.path("min_stop_word").asDouble(2), NONE);
          case "word_length_filter" ->
              new Range(
                  Signal.MEAN_WORD_LENGTH,
                  config.path("min_length").asDouble(0),
                  config.path("max_length").asDouble(NONE));
          case "word_len_filter" ->
              new Range(
                  Signal.MEAN_WORD_LENGTH,
                  config.get("lower_bound").asDouble(),
                  config.get("upper_bound").asDouble());
          case "alphanumeric_char_ratio_filter" -> // its max_ratio bounds the share of the others
              new Range(
                  Signal.ALPHANUMERIC_SHARE, config.path("max_alnum_ratio").asDouble(0.25), 1);
          case "symbol_ratio_filter" -> // hashes and ellipses together
              new Range(
                  Signal.HASH_RATIO,
                  0,
                  config.get("max_symbol_to_word_ratio").asDouble()
                      - signals.value(Signal.ELLIPSIS_RATIO));
          case "alphabetic_word_ratio_filter" ->
              new Range(Signal.ALPHABETIC_WORD_SHARE, 1 - config.get("max_ratio").asDouble(), 1);
          case "line_length_filter" ->
              new Range(Signal.MEAN_LINE_LENGTH, 0, config.path("max_length").asDouble(NONE));
          case "page_length_filter", "page_len_filter", "text_len_filter" ->
              new Range(
                  switch (config.path("length_type").asText("char")) {
                    case "word" -> Signal.WORDS;
                    case "sentence" -> Signal.SENTENCES;
                    case "line" -> Signal.LINES;
                    case "paragraph" -> Signal.PARAGRAPHS;
                    default -> Signal.CHARACTERS;
                  },
                  config.path("min_length").asDouble(config.path("lower_bound").asDouble(1)),
                  config.path("upper_bound").asDouble(NONE));
          case "repetition_filter" ->
              new Range(
                  switch (config.get("granularity").asText()) {
                    case "line" ->
                        config.path("count_characters").asBoolean()
                            ? Signal.DUPLICATE_LINE_CHARACTER_SHARE
                            : Signal.DUPLICATE_LINE_SHARE;
                    case "paragraph" ->
                        config.path("count_characters").asBoolean()
                            ? Signal.DUPLICATE_PARAGRAPH_CHARACTER_SHARE
                            : Signal.DUPLICATE_PARAGRAPH_SHARE;
                    case "2" -> Signal.TOP_2_GRAM_SHARE;
                    case "3" -> Signal.TOP_3_GRAM_SHARE;
                    case "4" -> Signal.TOP_4_GRAM_SHARE;
                    case "5" -> Signal.DUPLICATE_5_GRAM_SHARE;
                    default -> Signal.DUPLICATE_8_GRAM_SHARE;
                  },
                  0,
                  config.get("max_fraction").asDouble());
          default -> throw new IllegalStateException("no answer to " + rule);
        };
    double value = signals.value(range.signal());
    return kept(
        expected, some && value >= range.min() && value <= range.max(), range + " " + value);
  }

  private static String kept(JsonNode expected, boolean kept, String what) {
    return expected.has("kept") && expected.get("kept").asBoolean() == kept ? "" : what;
  }
}
