package io.gristmill.curation.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Floors a little below what is reached (docs/curation-filters.md), on text that nothing was
 * trained on.
 */
@Tag("shared")
class LanguageAccuracyTest {
  private static final Path EVALUATION =
      Path.of(System.getProperty("tests.shared"), "data", "eval");
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Sample(String language, String kind, String text) {}

  @BeforeAll
  static void sharedDataIsThere() {
    assumeTrue(
        Files.isDirectory(EVALUATION),
        "language accuracy: no shared data at %s, skipped".formatted(EVALUATION));
  }

  @Test
  void sentencesOfTheMainLanguagesAreFoundAmongSeventyFive() throws IOException {
    List<Sample> samples =
        read("langid-lingua.jsonl.gz").stream().filter(s -> s.kind().equals("sentences")).toList();
    Map<String, Double> accuracy = accuracy(samples);
    assertThat(accuracy.get("zh")).isGreaterThanOrEqualTo(0.999);
    assertThat(accuracy.get("ja")).isGreaterThanOrEqualTo(0.999);
    assertThat(accuracy.get("ko")).isGreaterThanOrEqualTo(0.995);
    assertThat(accuracy.get("en")).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void writingsOfChineseAreToldApart() throws IOException {
    List<Sample> samples = read("langid-han.jsonl.gz");
    Map<String, Double> longer = accuracy(samples.stream().filter(length(20, 200)).toList());
    assertThat(longer.get("zh-Hans")).isGreaterThanOrEqualTo(0.995);
    assertThat(longer.get("zh-Hant")).isGreaterThanOrEqualTo(0.995);
    assertThat(longer.get("yue")).isGreaterThanOrEqualTo(0.98);
    assertThat(longer.get("ja")).isGreaterThanOrEqualTo(0.995);
    Map<String, Double> all = accuracy(samples);
    assertThat(all.get("yue")).isGreaterThanOrEqualTo(0.95);
    Map<String, Double> shorter = accuracy(samples.stream().filter(length(0, 20)).toList());
    assertThat(shorter.get("zh-Hans")).isGreaterThanOrEqualTo(0.99);
    assertThat(shorter.get("zh-Hant")).isGreaterThanOrEqualTo(0.95);
  }

  private static Predicate<Sample> length(int from, int to) {
    return s -> s.text().length() >= from && s.text().length() < to;
  }

  /** Share of samples whose tag is right, by language; {@code zh} is right in either writing. */
  private static Map<String, Double> accuracy(List<Sample> samples) {
    return samples.stream()
        .collect(
            Collectors.groupingBy(
                Sample::language, Collectors.averagingDouble(s -> right(s) ? 1 : 0)));
  }

  private static boolean right(Sample sample) {
    String tag = LanguageIdentifier.identify(sample.text()).tag();
    return tag.equals(sample.language())
        || (sample.language().equals("zh") && tag.startsWith("zh-"));
  }

  private static List<Sample> read(String file) throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(EVALUATION.resolve(file)));
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().map(LanguageAccuracyTest::sample).toList();
    }
  }

  private static Sample sample(String line) {
    try {
      JsonNode row = JSON.readTree(line);
      return new Sample(
          row.get("lang").asText(), row.path("kind").asText(), row.get("text").asText());
    } catch (IOException e) {
      throw new IllegalArgumentException(line, e);
    }
  }
}
