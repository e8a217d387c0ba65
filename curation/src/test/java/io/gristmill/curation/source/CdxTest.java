package io.gristmill.curation.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.curation.source.Cdx.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CdxTest {
  private final Cdx cdx = new Cdx();

  @Test
  void cdxjHasKeyTimeAndJson() {
    assertThat(
            cdx.entry(
                "cn,mill)/a 20240224120000 {\"url\": \"http://mill.cn/a\", \"mime\": \"text/html\", \"status\": \"200\", \"length\": \"1234\", \"offset\": \"567\", \"filename\": \"crawl-data/CC-MAIN-2024-10/a.warc.gz\"}"))
        .hasValue(new Entry("crawl-data/CC-MAIN-2024-10/a.warc.gz", 567, 1234));
    assertThat(cdx.entry("{\"filename\": \"a.warc\", \"offset\": 5}"))
        .hasValue(new Entry("a.warc", 5, -1));
  }

  @Test
  void theFirstLineNamesTheFields() {
    assertThat(cdx.entry(" CDX N b a m s k r M S V g")).isEmpty();
    assertThat(
            cdx.entry(
                "cn,mill)/a 20240224120000 http://mill.cn/a text/html 200 KEY - - 1234 567 a.warc.gz"))
        .hasValue(new Entry("a.warc.gz", 567, 1234));
    assertThat(cdx.entry("cn,mill)/b 2024 http://mill.cn/b - - - - - - 9 b.warc.gz"))
        .hasValue(new Entry("b.warc.gz", 9, -1));
    assertThat(cdx.entry(" CDX g V b a")).isEmpty();
    assertThat(cdx.entry("c.warc.gz 7 2024 http://mill.cn/c"))
        .hasValue(new Entry("c.warc.gz", 7, -1));
  }

  @Test
  void withoutAFirstLineTheUsualFieldsAreTaken() {
    assertThat(cdx.entry("k 2024 http://a/ text/html 200 K - - 12 34 a.warc.gz"))
        .hasValue(new Entry("a.warc.gz", 34, 12));
    assertThat(cdx.entry("k 2024 http://a/ text/html 200 K - 34 a.warc.gz"))
        .hasValue(new Entry("a.warc.gz", 34, -1));
    assertThat(cdx.entry("")).isEmpty();
    assertThat(cdx.entry("!OpenWayback-CDXJ 1.0")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k 2024 http://a/                         | has 3 fields, must have 11
          k 2024 http://a/ - - - - - 12 3x4 a      | has the offset '3x4', which is no number
          k 2024 http://a/ - - - - - -2 34 a       | has the length '-2', which is no number
          k 2024 {"filename": "a"                  | is no JSON
          k 2024 {"filename": "a"}                 | has no filename or no offset
          ' CDX N b a'                             | has no field g (file) or V (offset)
          """)
  void aDamagedLineSaysWhatIsWrong(String line, String message) {
    assertThatThrownBy(() -> cdx.entry(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void everyByteIsAskedForOnce() {
    assertThat(
            Asked.ranges(
                List.of(
                    new Entry("a", 50, 50),
                    new Entry("a", 0, 50),
                    new Entry("a", 0, 40),
                    new Entry("a", 0, -1),
                    new Entry("a", 150, -1),
                    new Entry("a", 170, -1),
                    new Entry("a", 90, 20)),
                200))
        .containsExactly(
            new AskedRange(0, 50, false),
            new AskedRange(50, 100, false),
            new AskedRange(100, 110, false),
            new AskedRange(150, 170, true),
            new AskedRange(170, 200, true));
  }
}
