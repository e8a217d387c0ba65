package io.gristmill.curation.decontamination;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.curation.dedup.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sentences of real documents as items: planted whole, or glued of halves that belong apart. */
@Tag("shared")
class PlantedItemsTest {
  private static final Path TEXT = Path.of(System.getProperty("tests.shared"), "data/text");
  private static final int LONGEST = 20_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "literature.en, '(?<=[.!?])\\s+', '[A-Za-z, ]{30,300}[.!?]', 3",
    "literature.zh, '(?<=[。！？])', '[\\u4e00-\\u9fff，]{14,80}[。！？]', 0"
  })
  void whatIsPlantedIsFoundAndWhatIsGluedIsNot(
      String file, String boundary, String sentence, int answerWords) throws IOException {
    Path path = TEXT.resolve(file + ".jsonl.gz");
    assumeTrue(Files.exists(path), "planted items: no %s, skipped".formatted(path));
    List<String> documents = documents(path);
    List<EvaluationItem> items = items(documents, boundary, sentence, answerWords);
    ItemIndex index = Items.index(DecontaminationConfig.none(), items);
    Lookup lookup = new Lookup(index);
    Lookup glued = new Lookup(Items.index(DecontaminationConfig.none(), glued(items)));
    assertThat(items).hasSizeGreaterThan(300);

    int found = 0;
    int falseHits = 0;
    for (int i = 0; i < items.size(); i++) {
      EvaluationItem item = items.get(i);
      String host = documents.get(i % documents.size());
      int at = host.indexOf('\n', host.length() / 2) + 1;
      String text =
          "%sQ: %s\nA: %s\n%s"
              .formatted(
                  host.substring(0, at),
                  item.question(),
                  item.answers().getFirst(),
                  host.substring(at));
      String id = "exam.jsonl:%d".formatted(i + 1);
      found +=
          lookup.matches(tokens(text)).stream().anyMatch(m -> index.id(m.item()).equals(id))
              ? 1
              : 0;
      falseHits += i < documents.size() ? glued.matches(tokens(host)).size() : 0;
    }
    System.out.printf(
        "%s: %d of %d planted items found, %d glued ones%n", file, found, index.items(), falseHits);
    assertThat(found).isEqualTo(index.items());
    assertThat(falseHits).isLessThanOrEqualTo(items.size() / 1000 + 1);
  }

  /** Every second document's sentences, each with the beginning of the next one as its answer. */
  private static List<EvaluationItem> items(
      List<String> documents, String boundary, String sentence, int answerWords) {
    List<EvaluationItem> items = new ArrayList<>();
    for (int i = 0; i < documents.size(); i += 2) {
      String[] sentences = documents.get(i).split(boundary);
      for (int j = 0; j + 1 < sentences.length; j++) {
        if (sentences[j].matches(sentence) && sentences[j + 1].matches(sentence)) {
          String next = sentences[j + 1];
          String answer =
              answerWords == 0
                  ? next.substring(0, 6)
                  : String.join(
                      " ", List.of(next.split(" ", answerWords + 1)).subList(0, answerWords));
          items.add(Items.item(sentences[j], List.of(), answer));
        }
      }
    }
    Collections.shuffle(items, new Random(20260501L));
    return List.copyOf(items.subList(0, Math.min(2000, items.size())));
  }

  /** The first half of one question and the second half of the next, whose answer follows. */
  private static List<EvaluationItem> glued(List<EvaluationItem> items) {
    List<EvaluationItem> glued = new ArrayList<>();
    for (int i = 0; i + 1 < items.size(); i++) {
      String one = items.get(i).question();
      String other = items.get(i + 1).question();
      if (Math.abs(one.length() - other.length()) < one.length() / 4) {
        String question = one.substring(0, one.length() / 2) + other.substring(other.length() / 2);
        glued.add(Items.item(question, List.of(), items.get(i + 1).answers().getFirst()));
      }
    }
    return glued;
  }

  private static Tokens tokens(String text) {
    return Tokens.of(text);
  }

  private static List<String> documents(Path path) throws IOException {
    List<String> documents = new ArrayList<>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String text = JSON.readTree(line).get("text").asText();
        documents.add(text.substring(0, Math.min(text.length(), LONGEST)));
      }
    }
    return documents;
  }
}
