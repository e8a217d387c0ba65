package io.gristmill.curation.lists;

import com.fasterxml.jackson.databind.JsonNode;
import io.gristmill.curation.filter.Edited;
import io.gristmill.curation.language.Language;
import io.gristmill.curation.line.LineEditor;
import io.gristmill.curation.line.LineEdits;
import io.gristmill.curation.line.LineMeasure;
import io.gristmill.curation.line.LineRule;
import io.gristmill.curation.line.LineRule.Bound;
import io.gristmill.curation.line.LineRule.Phrases;
import io.gristmill.curation.line.LineRule.Place;
import io.gristmill.curation.line.LineRule.Removes;
import io.gristmill.curation.line.PeerCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cases of datatrove, dolma, NeMo Curator and data-juicer about addresses, lists of words and
 * lines.
 */
@Tag("shared")
class PeerListsTest {
  /** Of the peers' lists those entries that their cases need. */
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "dolma", List.of("viagra", "ass", "strap on"),
          "data-juicer/en", List.of("cumshot", "doggystyle"),
          "data-juicer/zh", List.of("卖淫女", "打飞机", "三级片"));

  private static final List<String> BOILERPLATE =
      List.of(
          "terms of use",
          "privacy policy",
          "cookie policy",
          "uses cookies",
          "privacy & cookies policy");

  private static final Language ENGLISH = new Language("en", 1, Map.of("en", 1.0));

  private static final LineEdits LINKS = new LineEdits(false, true, LineEdits.ANY, Map.of());

  @TempDir private static Path folder;

  @Test
  void datatrove() throws IOException {
    PeerCases.of("datatrove", "url", "regex", "symbol_lines_remover")
        .check(PeerListsTest::problem, Map.of("datatrove/test_url/6", "subdomains"), 10, 1);
  }

  @Test
  void dolma() throws IOException {
    PeerCases.of(
            "dolma",
            "url_links",
            "url_domains",
            "c4/has_naughty_word",
            "c4/has_javascript",
            "c4/lines_with_no_ending_punctuation",
            "c4/lines_with_too_few_words")
        .check(
            PeerListsTest::problem, Map.ofEntries(Map.entry("dolma/test_c4/10", "comma")), 20, 1);
  }

  @Test
  void nemo() throws IOException {
    PeerCases.of(
            "nemo",
            "UrlsFilter",
            "regex_url",
            "UrlRemover",
            "NewlineNormalizer",
            "LineRemover",
            "SubstringFilter",
            "BoilerPlateStringFilter")
        .check(
            PeerListsTest::problem,
            Map.ofEntries(
                Map.entry("nemo/test_urls_filter_accepts_custom_regex/", "other addresses"),
                Map.entry("nemo/test_boilerplate/1", "shares"),
                Map.entry("nemo/test_any_mode/", "pages without"),
                Map.entry("nemo/test_prefix_mode/", "pages without"),
                Map.entry("nemo/test_suffix_mode/", "pages without"),
                Map.entry("nemo/test_filter_dataset_any/", "pages without"),
                Map.entry("nemo/test_filter_dataset_prefix/", "pages without"),
                Map.entry("nemo/test_filter_dataset_suffix/", "pages without"),
                Map.entry("nemo/TestLineRemover.test_whitespace_sensitivity/190", "whole lines")),
            37,
            24);
  }

  @Test
  void dataJuicer() throws IOException {
    PeerCases.of(
            "datajuicer",
            "flagged_words_filter",
            "clean_links_mapper",
            "remove_long_words_mapper",
            "remove_words_with_incorrect_substrings_mapper")
        .check(
            PeerListsTest::problem,
            Map.ofEntries(
                Map.entry(
                    "datajuicer/clean_links_mapper/test_fake_links_text/2", "broken addresses"),
                Map.entry(
                    "datajuicer/clean_links_mapper/test_fake_links_text/3", "broken addresses"),
                Map.entry(
                    "datajuicer/clean_links_mapper/test_replace_links_text/0", "tokens for links"),
                Map.entry(
                    "datajuicer/clean_links_mapper/test_replace_links_text/2", "tokens for links"),
                Map.entry(
                    "datajuicer/clean_links_mapper/test_replace_links_text/3", "tokens for links"),
                Map.entry("datajuicer/remove_long_words_mapper/test_", "single words"),
                Map.entry(
                    "datajuicer/remove_words_with_incorrect_substrings_mapper/test_",
                    "single words")),
            44,
            17);
  }

  /** What is wrong with our answer; empty if nothing is. */
  private static String problem(JsonNode golden) throws IOException {
    JsonNode config = golden.get("config");
    JsonNode expected = golden.get("expected");
    String text = golden.get("input").asText();
    return switch (golden.get("rule").asText()) {
      case "url" ->
          same(expected.get("kept").asBoolean(), listed(hosts(config), ListKind.URL, text) == 0);
      case "url_links", "url_domains" ->
          same(
              expected.get("matched").asBoolean(),
              listed(entries(config, "blocklist"), ListKind.URL, text) == 1);
      case "c4/has_naughty_word" ->
          same(!expected.get("spans").isEmpty(), words("dolma", text).matches() > 0);
      case "c4/has_javascript" ->
          same(
              !expected.get("spans").isEmpty(),
              edited(text, phrases(List.of("javascript"), Place.ANYWHERE)).removedShare("r") > 0);
      case "flagged_words_filter" -> {
        Listed found = words("data-juicer/" + config.get("lang").asText(), text);
        yield same(
            expected.get("kept").asBoolean(), found.share() <= config.get("max_ratio").asDouble());
      }
      case "c4/lines_with_no_ending_punctuation" ->
          same(
              plain(without(text, expected.get("spans"))),
              plain(edited(text, Bound.atLeast(1, LineMeasure.TERMINATED, "r", "C4")).text()));
      case "c4/lines_with_too_few_words" ->
          same(
              plain(without(text, expected.get("spans"))),
              plain(edited(text, Bound.atLeast(3, LineMeasure.WORDS, "r", "C4")).text()));
      case "symbol_lines_remover" ->
          same(
              plain(expected.get("text").asText()),
              plain(edited(text, new LineRule.Pattern("r", "^[|-]$", "case")).text()));
      case "regex" ->
          same(
              expected.get("kept").asBoolean(),
              edited(text, new LineRule.Pattern("r", config.get("regex").asText(), "case"))
                      .removedShare("r")
                  == 0);
      case "UrlRemover", "clean_links_mapper" ->
          same(
              plain(expected.get("text").asText()),
              plain(new LineEditor(LINKS).edit(text, ENGLISH).text()));
      case "regex_url" ->
          same(
              plain(text.replace(expected.get("matches").get(0).asText(), "")),
              plain(new LineEditor(LINKS).edit(text, ENGLISH).text()));
      case "UrlsFilter" -> // its default: addresses are at most a fifth of the characters
          config.has("url_regex")
              ? "other addresses"
              : same(
                  expected.get("kept").asBoolean(),
                  new LineEditor(LINKS).edit(text, ENGLISH).removedShare("link") <= 0.2);
      case "NewlineNormalizer" ->
          same(
              expected.get("text").asText(),
              new LineEditor(new LineEdits(false, false, 1, Map.of())).edit(text, ENGLISH).text());
      case "LineRemover" ->
          same(
              expected.get("text").asText(),
              edited(text, phrases(entries(config, "patterns"), Place.WHOLE)).text());
      case "BoilerPlateStringFilter" -> { // its default: at most .4 of the paragraphs
        Edited edited = edited(text, phrases(BOILERPLATE, Place.ANYWHERE));
        yield same(expected.get("kept").asBoolean(), edited.removedShare("r") <= 0.4);
      }
      default -> "no rule of ours";
    };
  }

  private static String same(Object expected, Object actual) {
    return expected.equals(actual) ? "" : "is " + actual + ", expected " + expected;
  }

  private static Edited edited(String text, LineRule rule) {
    return new LineEditor(new LineEdits(false, false, LineEdits.ANY, Map.of("*", List.of(rule))))
        .edit(text, ENGLISH);
  }

  private static Phrases phrases(List<String> phrases, Place place) {
    return new Phrases("r", phrases, place, Phrases.ANY_LENGTH, Removes.LINE, "case");
  }

  private static String without(String text, JsonNode spans) {
    var left = new StringBuilder(text);
    for (int span = spans.size() - 1; span >= 0; span--) {
      left.delete(spans.get(span).get("start").asInt(), spans.get(span).get("end").asInt());
    }
    return left.toString();
  }

  private static List<String> hosts(JsonNode config) {
    return entries(config, "extra_domains");
  }

  private static List<String> entries(JsonNode config, String key) {
    List<String> entries = new ArrayList<>();
    config.get(key).forEach(entry -> entries.add(entry.asText()));
    return entries;
  }

  private static double listed(List<String> entries, ListKind kind, String url) throws IOException {
    return read(entries, kind).of(url, "", "en").getFirst().matches();
  }

  private static Listed words(String list, String text) throws IOException {
    return read(WORDS.get(list), ListKind.WORDS).of("", text, "en").getFirst();
  }

  private static Lists read(List<String> entries, ListKind kind) throws IOException {
    Path file = Files.write(folder.resolve("list.txt"), entries);
    return Lists.read(
        List.of(new ListConfig("list", kind, List.of(file.toString()), List.of())),
        new Configuration());
  }

  /** Runs of spaces, and white space at the ends of lines and texts, left out. */
  private static String plain(String text) {
    return text.replaceAll(" +", " ").replaceAll(" ?\n ?", "\n").strip();
  }
}
