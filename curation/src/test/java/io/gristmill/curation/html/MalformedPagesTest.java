package io.gristmill.curation.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gristmill.curation.charset.Decoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages that once broke parsers, from jsoup's own tests. */
@Tag("shared")
class MalformedPagesTest {
  private static final Path PAGES =
      Path.of(System.getProperty("tests.shared"), "data", "html", "malformed");

  @ParameterizedTest
  @EnumSource(ExtractionMode.class)
  void eachIsReadOrRefusedWithinSeconds(ExtractionMode mode) throws IOException {
    assumeTrue(Files.isDirectory(PAGES), "malformed: no shared data at " + PAGES + ", skipped");
    List<Path> files;
    try (Stream<Path> found = Files.list(PAGES)) {
      files = found.sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(70);
    for (Path file : files) {
      byte[] bytes;
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        bytes = in.readAllBytes();
      }
      assertTimeout(Duration.ofSeconds(5), () -> read(bytes, mode), file::toString);
    }
  }

  private static void read(byte[] bytes, ExtractionMode mode) {
    String html = Decoding.decode(bytes, "").text();
    try {
      assertThat(Extraction.extract(html, "", mode).text()).doesNotContain("\0");
    } catch (PageTooComplexException refused) {
      assertThat(refused).hasMessageContaining("more than");
    }
  }
}
