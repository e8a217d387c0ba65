package io.gristmill.curation.decontamination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of decon (Allen Institute for AI), all met. Its passages are no part of our items: an
 * article that a question is about is no contamination without the question.
 */
@Tag("shared")
class PeerCasesTest {
  private static final Path GOLDENS =
      Path.of(System.getProperty("tests.shared"), "data/goldens/decon.jsonl");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  List<DynamicTest> decon() throws IOException {
    assumeTrue(Files.exists(GOLDENS), "decon: no golden cases at %s, skipped".formatted(GOLDENS));
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : Files.readAllLines(GOLDENS)) {
      JsonNode golden = JSON.readTree(line);
      tests.add(DynamicTest.dynamicTest(golden.get("case").asText(), () -> meets(golden)));
    }
    return tests;
  }

  private static void meets(JsonNode golden) {
    JsonNode expected = golden.get("expected");
    if (expected.has("reports_lenient_at_least_reports_strict")) {
      int strict = count(reports(golden, 5, 0.95));
      assertThat(count(reports(golden, 5, 0.5))).isGreaterThanOrEqualTo(strict);
      assertThat(strict).isEqualTo(1); // the fourth text has a question with its answer, unchanged
      return;
    }
    int words = golden.at("/config/ngram_size").asInt();
    List<List<Contamination>> reports = reports(golden, words, 0.8);
    assertThat(count(reports)).isGreaterThanOrEqualTo(expected.path("min_reports").asInt(0));
    if (expected.has("reports")) {
      assertThat(count(reports)).isEqualTo(expected.get("reports").asInt());
    }
    if (expected.has("max_cleaned_lines")) {
      assertThat(reports.stream().filter(List::isEmpty).count())
          .isLessThanOrEqualTo(expected.get("max_cleaned_lines").asLong());
    }
    if (expected.has("min_reports_of_training_line_0")) {
      assertThat(reports.getFirst())
          .hasSizeGreaterThanOrEqualTo(expected.get("min_reports_of_training_line_0").asInt());
    }
    for (JsonNode pair : expected.path("pairs")) {
      assertThat(reports.get(pair.get("training_line").asInt()))
          .extracting(Contamination::item)
          .contains("exam.jsonl:%d".formatted(pair.get("eval_line").asInt() + 1));
    }
  }

  /** The rows of each text. */
  private static List<List<Contamination>> reports(JsonNode golden, int words, double overlap) {
    List<EvaluationItem> items = new ArrayList<>();
    for (JsonNode record : golden.at("/input/evals")) {
      items.add(ItemParts.of(record, EvaluationConfig.of("exam.jsonl"), ""));
    }
    var thresholds = new DecontaminationConfig(List.of(), 2 * words, words, overlap, 20);
    List<List<Contamination>> reports = new ArrayList<>();
    golden
        .at("/input/training")
        .forEach(text -> reports.add(Items.screen(thresholds, items, text.asText())));
    return reports;
  }

  private static int count(List<List<Contamination>> reports) {
    return reports.stream().mapToInt(List::size).sum();
  }
}
