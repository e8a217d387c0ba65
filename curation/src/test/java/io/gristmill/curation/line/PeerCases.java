package io.gristmill.curation.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cases of another pipeline's own tests. Each is met, or differs for a reason that stands in a row
 * of docs/curation-lines.md.
 *
 * @param peer the pipeline
 * @param cases as the goldens have them
 */
public record PeerCases(String peer, List<JsonNode> cases) {
  private static final Path GOLDENS =
      Path.of(System.getProperty("tests.shared"), "data", "goldens");
  private static final Path DOCS =
      Path.of(System.getProperty("tests.root", ".."), "docs", "curation-lines.md");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Tells what is wrong with our answer to a case; empty if nothing is. */
  @FunctionalInterface
  public interface Judgement {
    String problem(JsonNode golden) throws IOException;
  }

  /** The cases of these rules; of all without any. */
  public static PeerCases of(String peer, String... rules) throws IOException {
    assumeTrue(
        Files.isDirectory(GOLDENS), "goldens: no shared data at %s, skipped".formatted(GOLDENS));
    List<JsonNode> cases = new ArrayList<>();
    for (String line : Files.readAllLines(GOLDENS.resolve(peer + ".jsonl"))) {
      JsonNode golden = JSON.readTree(line);
      if (rules.length == 0 || List.of(rules).contains(golden.get("rule").asText())) {
        cases.add(golden);
      }
    }
    return new PeerCases(peer, cases);
  }

  /**
   * Fails on a case that is neither met nor explained, on one that is explained although it is met,
   * and on an explanation without its row.
   *
   * @param differences {@code peer/case}, or how it begins, to the row's first cell
   */
  public void check(Judgement judgement, Map<String, String> differences, int met, int explained)
      throws IOException {
    List<String> wrong = new ArrayList<>();
    int differing = 0;
    for (JsonNode golden : cases) {
      String key = peer + "/" + golden.get("case").asText();
      Optional<String> difference =
          differences.entrySet().stream()
              .filter(entry -> key.startsWith(entry.getKey()))
              .map(Map.Entry::getValue)
              .findFirst();
      String problem = judgement.problem(golden);
      differing += difference.isPresent() ? 1 : 0;
      if (difference.isPresent() == problem.isEmpty()) {
        wrong.add(key + " " + problem);
      }
    }
    assertThat(wrong).as("cases neither met nor explained, or explained but met").isEmpty();
    assertThat(cases.size() - differing).as("met").isEqualTo(met);
    assertThat(differing).as("explained").isEqualTo(explained);
    String docs = Files.readString(DOCS);
    for (String row : differences.values()) {
      assertThat(docs).contains("| " + row + " |");
    }
  }
}
