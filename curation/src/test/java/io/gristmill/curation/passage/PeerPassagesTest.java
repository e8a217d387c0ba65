package io.gristmill.curation.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.curation.text.Characters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cases of other pipelines' own tests; where we differ on purpose, it is said beside it. */
@Tag("shared")
class PeerPassagesTest {
  private static final Path GOLDENS =
      Path.of(System.getProperty("tests.shared", "../shared"), "data", "goldens");
  private static final ObjectMapper JSON = new ObjectMapper();

  @BeforeAll
  static void goldensAreThere() {
    assumeTrue(
        Files.isDirectory(GOLDENS), "goldens: no shared data at %s, skipped".formatted(GOLDENS));
  }

  /**
   * A paragraph of dolma is a line of ours, and its spans take the line break along, even where the
   * text ends without one. Dolma compares bytes and we words, which in these texts is the same.
   */
  @Test
  void dolmaParagraphs() throws IOException {
    JsonNode golden = golden("dolma", "test_dedupe_paragraphs");
    List<String> texts = texts(golden.get("input"), "text");
    List<List<Span>> found = Texts.repeated(texts, Texts.lines(1));
    for (int i = 0; i < texts.size(); i++) {
      List<List<Integer>> expected =
          StreamSupport.stream(
                  golden.get("expected").get("duplicate_spans").get(i).spliterator(), false)
              .map(span -> List.of(span.get(0).asInt(), span.get(1).asInt()))
              .toList();
      assertThat(found.get(i))
          .as("document %d", i)
          .extracting(span -> List.of(span.start(), span.end() + 1))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** Both sides are folded alike; beyond CCNet, ASCII punctuation and symbols do not count. */
  @Test
  void ccNetNormalisation() throws IOException {
    JsonNode golden = golden("ccnet", "test_normalize_for_dedup");
    Tokens input = tokens(golden.get("input").asText());
    Tokens expected = tokens(golden.get("expected").get("text").asText());
    assertThat(digitless(input)).isEqualTo(digitless(expected)).hasSize(3);
  }

  /** Streaming: the first occurrence stays. */
  @Test
  void ccNetLinesOfTheFirstTextStay() throws IOException {
    JsonNode golden = golden("ccnet", "test_simple_dedup");
    List<String> texts =
        StreamSupport.stream(golden.get("input").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    assertThat(Texts.left(texts, Texts.lines(1)))
        .isEqualTo(texts(golden.get("expected").get("documents"), "text"));
  }

  /** With two passes CCNet removes every occurrence of a repeated line; we always keep one. */
  @Test
  void ccNetInTwoPassesLosesWhatWeKeep() throws IOException {
    JsonNode golden = golden("ccnet", "test_dedup_fast");
    List<String> texts =
        StreamSupport.stream(golden.get("input").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    List<String> expected = texts(golden.get("expected").get("documents"), "text");
    List<String> left = Texts.left(texts, Texts.lines(1));
    assertThat(left.get(0)).isEqualTo(texts.get(0)).isNotEqualTo(expected.get(0));
    assertThat(left.get(1)).isEqualTo(expected.get(1));
  }

  /**
   * Datatrove removes three repeated sentences in a row, of any length; we remove repeated
   * sentences from 20 words on.
   */
  @Test
  void datatroveSentences() throws IOException {
    JsonNode golden = golden("datatrove", "test_sd");
    List<String> texts =
        StreamSupport.stream(golden.get("input").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    List<String> expected =
        StreamSupport.stream(golden.get("expected").get("texts").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    assertThat(Texts.left(texts, Texts.substrings(20))).isEqualTo(expected);
  }

  private static JsonNode golden(String peer, String name) throws IOException {
    for (String line : Files.readAllLines(GOLDENS.resolve("%s.jsonl".formatted(peer)))) {
      JsonNode golden = JSON.readTree(line);
      if (golden.get("case").asText().equals(name)) {
        return golden;
      }
    }
    throw new IllegalStateException("no golden case %s of %s".formatted(name, peer));
  }

  private static List<String> texts(JsonNode documents, String key) {
    return StreamSupport.stream(documents.spliterator(), false)
        .map(document -> document.get(key).asText())
        .toList();
  }

  private static Tokens tokens(String text) {
    return Tokens.of(Characters.codePoints(text));
  }

  private static List<Long> digitless(Tokens tokens) {
    return IntStream.range(0, tokens.count()).mapToObj(tokens::digitlessHash).toList();
  }
}
