package io.gristmill.curation.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.curation.charset.Decoding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the floor of the extraction's quality on pages with a known truth. */
@Tag("shared")
class ExtractionBenchmarkTest {
  private static final Path DATA = Path.of(System.getProperty("tests.shared"), "data");

  @Test
  void humanTruthOfNewsPagesIsMet() throws IOException {
    assertThat(f1("aeb/")).isGreaterThan(0.96);
  }

  @Test
  void chinesePagesInTheirDeclaredCharsetsAreMet() throws IOException {
    assertThat(f1("gbk-reencoded/")).isGreaterThan(0.94);
  }

  private static double f1(String prefix) throws IOException {
    Path truth = DATA.resolve("eval/extraction-groundtruth.jsonl.gz");
    assumeTrue(Files.exists(truth), "extraction: no shared data at " + DATA + ", skipped");
    ObjectMapper json = new ObjectMapper();
    List<ExtractionScore> scores = new ArrayList<>();
    try (var lines =
        new BufferedReader(new InputStreamReader(unzip(truth), StandardCharsets.UTF_8))) {
      for (String line : (Iterable<String>) lines.lines()::iterator) {
        JsonNode page = json.readTree(line);
        if (page.get("id").textValue().startsWith(prefix)) {
          scores.add(score(page));
        }
      }
    }
    return ExtractionScore.f1(scores);
  }

  private static ExtractionScore score(JsonNode page) throws IOException {
    byte[] bytes;
    try (InputStream file = unzip(DATA.resolve(page.get("file").textValue()))) {
      bytes = file.readAllBytes();
    }
    Extracted extracted =
        Extraction.extract(Decoding.decode(bytes, "").text(), "", ExtractionMode.ARTICLE);
    boolean characters = Set.of("zh", "ja").contains(page.get("lang").textValue());
    return ExtractionScore.of(page.get("text").textValue(), extracted.text(), characters);
  }

  private static InputStream unzip(Path file) throws IOException {
    return new GZIPInputStream(Files.newInputStream(file));
  }
}
