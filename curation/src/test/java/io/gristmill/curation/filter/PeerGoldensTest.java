package io.gristmill.curation.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.curation.language.Language;
import io.gristmill.curation.language.LanguageIdentifier;
import io.gristmill.curation.line.LineEdits;
import io.gristmill.curation.privacy.Redaction;
import io.gristmill.curation.privacy.RedactionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cases of other pipelines' own tests, judged by our signals at their thresholds. Where we
 * differ on purpose, the case stands in a list of exceptions with the reason in
 * docs/curation-filters.md.
 */
@Tag("shared")
class PeerGoldensTest {
  private static final Path GOLDENS =
      Path.of(System.getProperty("tests.shared"), "data", "goldens");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<Rule> GOPHER_REPETITION =
      List.of(
          Rule.atMost(0.30, Signal.DUPLICATE_PARAGRAPH_SHARE, "dup_para_frac", "datatrove"),
          Rule.atMost(
              0.20, Signal.DUPLICATE_PARAGRAPH_CHARACTER_SHARE, "dup_para_char_frac", "datatrove"),
          Rule.atMost(0.30, Signal.DUPLICATE_LINE_SHARE, "dup_line_frac", "datatrove"),
          Rule.atMost(
              0.20, Signal.DUPLICATE_LINE_CHARACTER_SHARE, "dup_line_char_frac", "datatrove"),
          Rule.atMost(0.20, Signal.TOP_2_GRAM_SHARE, "top_2_gram", "datatrove"),
          Rule.atMost(0.18, Signal.TOP_3_GRAM_SHARE, "top_3_gram", "datatrove"),
          Rule.atMost(0.16, Signal.TOP_4_GRAM_SHARE, "top_4_gram", "datatrove"),
          Rule.atMost(0.15, Signal.DUPLICATE_5_GRAM_SHARE, "duplicated_5_n_grams", "datatrove"));

  private static final Map<String, Signal> NEMO =
      Map.of(
          "RepeatedLinesFilter", Signal.DUPLICATE_LINE_SHARE,
          "RepeatedLinesByCharFilter", Signal.DUPLICATE_LINE_CHARACTER_SHARE,
          "RepeatedParagraphsFilter", Signal.DUPLICATE_PARAGRAPH_SHARE,
          "RepeatedParagraphsByCharFilter", Signal.DUPLICATE_PARAGRAPH_CHARACTER_SHARE,
          "BulletsFilter", Signal.BULLET_LINE_SHARE,
          "EllipsisFilter", Signal.ELLIPSIS_LINE_SHARE,
          "PunctuationFilter", Signal.TERMINAL_LINE_SHARE,
          "CommonEnglishWordsFilter", Signal.STOP_WORDS,
          "MeanWordLengthFilter", Signal.MEAN_WORD_LENGTH,
          "WordsWithoutAlphabetsFilter", Signal.ALPHABETIC_WORD_SHARE);

  @BeforeAll
  static void goldensAreThere() {
    assumeTrue(
        Files.isDirectory(GOLDENS), "goldens: no shared data at %s, skipped".formatted(GOLDENS));
  }

  @Test
  void datatroveGopherRepetition() throws IOException {
    assertReasons("gopher_repetition", Map.of("", GOPHER_REPETITION));
  }

  @Test
  void datatroveGopherQuality() throws IOException {
    assertReasons(
        "gopher_quality",
        Map.of(
            "",
            List.of(
                Rule.atLeast(10, Signal.WORDS, "gopher_short_doc", "case"),
                Rule.atMost(1_000, Signal.WORDS, "gopher_long_doc", "case"),
                Rule.atLeast(3, Signal.MEAN_WORD_LENGTH, "gopher_below_avg_threshold", "datatrove"),
                Rule.atMost(10, Signal.MEAN_WORD_LENGTH, "gopher_above_avg_threshold", "datatrove"),
                Rule.atMost(0.1, Signal.HASH_RATIO, "gopher_too_many_hashes", "datatrove"),
                Rule.atMost(0.1, Signal.ELLIPSIS_RATIO, "gopher_too_many_ellipsis", "datatrove"),
                Rule.atMost(0.9, Signal.BULLET_LINE_SHARE, "gopher_too_many_bullets", "datatrove"),
                Rule.atMost(
                    0.3, Signal.ELLIPSIS_LINE_SHARE, "gopher_too_many_end_ellipsis", "datatrove"),
                Rule.atLeast(
                    0.8, Signal.ALPHABETIC_WORD_SHARE, "gopher_below_alpha_threshold", "datatrove"),
                Rule.atLeast(2, Signal.STOP_WORDS, "gopher_enough_stop_words", "datatrove"))));
  }

  @Test
  void datatroveFineWeb() throws IOException {
    assertReasons(
        "fineweb_quality",
        Map.of(
            "", fineWeb(0.12, 0.67, 0.3),
            "test_rejects_low_punctuation_ratio", fineWeb(0.5, 0.67, 0.3),
            "test_rejects_mostly_short_lines", fineWeb(0, 0.5, 0.3),
            "test_rejects_list_heavy_doc", fineWeb(0.12, 0.67, 0.1)));
  }

  @Test
  void datatroveLanguage() throws IOException {
    for (JsonNode golden : cases("datatrove", "language")) {
      Language language = LanguageIdentifier.identify(golden.get("input").asText());
      assertThat(language.tag()).isEqualTo(golden.get("expected").get("language").asText());
      assertThat(language.score()).as(golden.get("case").asText()).isGreaterThan(0.65);
    }
  }

  @Test
  void datatroveAddresses() throws IOException {
    for (JsonNode golden : cases("datatrove", "pii")) {
      if (!golden.get("case").asText().endsWith("-lines")) {
        continue;
      }
      for (int line = 0; line < golden.get("input").size(); line++) {
        String text = golden.get("input").get(line).asText();
        String expected =
            switch (text) {
              // No valid address, and shaped like react@18.2.0, which must stay.
              case "email@111.222.333.44444" -> text;
              // Four single digits are a version or a section far more often than an address.
              case ".3.3.3.0" -> text;
              default -> golden.get("expected").get("texts").get(line).asText();
            };
        assertThat(redacted(text, "EMAIL", "IP")).as(text).isEqualTo(expected);
      }
    }
  }

  @Test
  void dataJuicerAddresses() throws IOException {
    var rules = List.of("clean_email_mapper", "clean_ip_mapper");
    for (String rule : rules) {
      for (JsonNode golden : cases("datajuicer", rule)) {
        String token = golden.get("config").path("repl").asText("");
        String text = golden.get("input").asText();
        String expected =
            switch (text) {
              // A letter right after the number makes it a version (1.2.3.4b2) or a file name.
              case "ftp://example.com/188.46.244.216my-page.html",
                  "com/f770:c52e:ddce:3a9f:8c3b:a7bd:d81f:985cmy-page.html" ->
                  text;
              default -> golden.get("expected").get("text").asText();
            };
        assertThat(redacted(text, token, token)).as(text).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RepeatedLinesFilter, -Infinity, 0.3",
    "RepeatedLinesByCharFilter, -Infinity, 0.2",
    "RepeatedParagraphsFilter, -Infinity, 0.3",
    "RepeatedParagraphsByCharFilter, -Infinity, 0.2",
    "BulletsFilter, -Infinity, 0.9",
    "EllipsisFilter, -Infinity, 0.8",
    "PunctuationFilter, 0.2, Infinity",
    "CommonEnglishWordsFilter, 2, Infinity",
    "MeanWordLengthFilter, 3, 10",
    "WordsWithoutAlphabetsFilter, 0.8, Infinity"
  })
  void nemoCurator(String filter, double min, double max) throws IOException {
    var rule = new Rule("dropped", NEMO.get(filter).key(), min, max, "NeMo Curator");
    for (JsonNode golden : cases("nemo", filter)) {
      Verdict verdict = judge(List.of(rule), golden.get("input").asText());
      assertThat(verdict.kept())
          .as("%s", golden)
          .isEqualTo(golden.get("expected").get("kept").asBoolean());
    }
  }

  private static List<Rule> fineWeb(double terminal, double shorts, double lineEnds) {
    return List.of(
        Rule.atLeast(1, Signal.CHARACTERS, "empty", "datatrove"),
        Rule.atLeast(terminal, Signal.TERMINAL_LINE_SHARE, "line_punct_ratio", "case"),
        Rule.atMost(shorts, Signal.SHORT_LINE_SHARE, "short_line_ratio", "case"),
        Rule.atMost(0.01, Signal.DUPLICATE_LINE_CHARACTER_SHARE, "char_dup_ratio", "datatrove"),
        Rule.atMost(lineEnds, Signal.LINE_ENDS_PER_WORD, "list_ratio", "case"));
  }

  /** Judges each case of a rule by the rules of its name, else by those under the empty name. */
  private static void assertReasons(String rule, Map<String, List<Rule>> rules) throws IOException {
    List<JsonNode> cases = cases("datatrove", rule);
    assertThat(cases).isNotEmpty();
    for (JsonNode golden : cases) {
      String name = golden.get("case").asText();
      Verdict verdict =
          judge(rules.getOrDefault(name, rules.get("")), golden.get("input").asText());
      JsonNode expected = golden.get("expected");
      assertThat(verdict.kept())
          .as("%s: %s", name, verdict)
          .isEqualTo(expected.get("kept").asBoolean());
      if (expected.has("reason")) {
        assertThat(verdict.reason())
            .as("%s: %s", name, verdict)
            .isEqualTo(expected.get("reason").asText());
      }
    }
  }

  private static Verdict judge(List<Rule> rules, String text) {
    var profile = new Profile("case", Map.of(Language.ANY, rules), LineEdits.NONE, List.of());
    return profile.judge(Signals.measure(text, "en")::value, "en");
  }

  private static String redacted(String text, String email, String ip) {
    return new Redaction(RedactionConfig.all())
        .redact(text)
        .text()
        .replace("[EMAIL]", email)
        .replace("[IP]", ip);
  }

  private static List<JsonNode> cases(String peer, String rule) throws IOException {
    var cases = new ArrayList<JsonNode>();
    for (String line : Files.readAllLines(GOLDENS.resolve(peer + ".jsonl"))) {
      JsonNode golden = JSON.readTree(line);
      if (golden.get("rule").asText().equals(rule)) {
        cases.add(golden);
      }
    }
    return cases;
  }
}
