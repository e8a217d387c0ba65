package io.gristmill.curation.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gristmill.curation.html.ExtractionPages.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the floor of the extraction's quality on pages with a known truth. */
@Tag("shared")
class ExtractionBenchmarkTest {
  private static final Path DATA = Path.of(System.getProperty("tests.shared"), "data");

  @BeforeAll
  static void sharedDataIsThere() {
    assumeTrue(Files.isDirectory(DATA), "extraction: no shared data at " + DATA + ", skipped");
  }

  @Test
  void humanTruthOfNewsPagesIsMet() throws IOException {
    List<Page> pages = ExtractionPages.of(DATA, "aeb");
    assertThat(f1(pages)).isGreaterThan(0.96);
    assertThat(f1(pages.stream().filter(Page::isHeldOut).toList())).isGreaterThan(0.955);
  }

  @Test
  void chinesePagesInTheirDeclaredCharsetsAreMet() throws IOException {
    assertThat(f1(ExtractionPages.of(DATA, "gbk-reencoded"))).isGreaterThan(0.94);
  }

  private static double f1(List<Page> pages) {
    return ExtractionScore.f1(pages.stream().map(Page::score).toList());
  }
}
