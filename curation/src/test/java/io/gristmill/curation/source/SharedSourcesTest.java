package io.gristmill.curation.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gristmill.curation.source.SourceRecord.Failure;
import io.gristmill.curation.source.SourceRecord.FileRead;
import io.gristmill.curation.source.SourceRecord.Page;
import io.gristmill.curation.source.SourceRecord.Skip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reads real archives and pages, the broken ones included. */
@Tag("shared")
class SharedSourcesTest {
  private static final Path DATA = Path.of(System.getProperty("tests.shared"), "data");

  /** Pages of links alone have no text; which those are is for the tests of extraction. */
  private static final String PAGE = "page or no_text";

  @Test
  void everyArchiveIsReadToItsEnd() {
    Map<String, Integer> counts = read("web", "auto");
    assertThat(counts)
        .containsEntry("web/aut-example.warc.gz page or no_text", 130)
        .containsEntry("web/aut-example.arc.gz page or no_text", 130)
        .containsEntry("web/chatnoir-resiliparse-warcfile.warc.gz page or no_text", 16)
        .containsEntry("web/chatnoir-resiliparse-warcfile.warc.lz4 page or no_text", 16)
        .containsEntry("web/chatnoir-resiliparse-clueweb-quirk.warc.gz page or no_text", 29)
        .containsEntry("web/chatnoir-resiliparse-clipped.warc.gz gzip_truncated", 1)
        .containsEntry("web/edge/warcio-example-trunc.warc.gz record_length_wrong", 1)
        .containsEntry("web/edge/warcio-example-wrong-chunks.warc.gz page or no_text", 1)
        .containsEntry("web/pywb-missing-status-text.warc.gz http_status", 1)
        .containsEntry("web/whirlwind-python-whirlwind.warc.wet.gz page or no_text", 1)
        .containsEntry("web/whirlwind-python-CC-MAIN-2024-22.warc.paths.gz format_unknown", 1);
  }

  @Test
  void everyPageIsReadHoweverBroken() {
    Map<String, Integer> counts = read("html/malformed", "html");
    assertThat(counts.keySet()).noneMatch(key -> key.endsWith("extraction_failed"));
    assertThat(read("html/gne", "html").keySet().stream().filter(key -> key.endsWith(PAGE)))
        .hasSize(39);
    assertThat(read("html/gbk", "html"))
        .containsEntry("gbk/xinhuanet-25340717.html.gz page or no_text", 1);
  }

  private static Map<String, Integer> read(String folder, String format) {
    Path path = DATA.resolve(folder);
    assumeTrue(Files.isDirectory(path), "reading: no shared data at " + path + ", skipped");
    Configuration configuration = new Configuration();
    var config = new SourceConfig(path.toString(), format, "web", "article", "text", "", "url");
    Map<String, Integer> counts = new TreeMap<>();
    for (SourceFile file : Listing.files(List.of(config), configuration)) {
      SourceReader.read(file, configuration, record -> count(file, record, counts));
    }
    return counts;
  }

  private static void count(SourceFile file, SourceRecord record, Map<String, Integer> counts) {
    String what =
        switch (record) {
          case Page page -> PAGE;
          case Skip skip -> skip.reason().equals("no_text") ? PAGE : skip.reason();
          case Failure failure -> failure.reason();
          case FileRead end -> {
            assertThat(end.bytesRead()).isEqualTo(file.length());
            assertThat(end.bytesRead()).isEqualTo(end.bytesParsed() + end.bytesSkipped());
            yield "end";
          }
        };
    counts.merge(file.relative() + " " + what, 1, Integer::sum);
  }
}
