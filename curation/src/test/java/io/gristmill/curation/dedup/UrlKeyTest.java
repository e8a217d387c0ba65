package io.gristmill.curation.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlKeyTest {
  @ParameterizedTest
  @CsvSource({
    "http://www.Example.org/, example.org",
    "https://example.org, example.org",
    "HTTPS://user@example.org:443/A/b/#part, example.org/A/b",
    "http://example.org:8080/?, example.org:8080",
    "http://example.org./a?b=1&utm_source=x&c, example.org/a?b=1&c",
    "http://example.org?spm=1.2&id=7, example.org?id=7",
    "http://例子.cn/文章//?q=/www., 例子.cn/文章?q=/www.",
    "no address, ''",
    "http:///path, ''",
    "://x, ''"
  })
  void whatDoesNotNameThePageIsLeftOut(String url, String key) {
    assertThat(UrlKey.of(url)).isEqualTo(key);
  }
}
