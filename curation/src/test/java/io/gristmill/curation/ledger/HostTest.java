package io.gristmill.curation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTest {
  @ParameterizedTest
  @CsvSource({
    "https://Example.COM/a?b=c, example.com",
    "http://user:secret@example.com:8080/x, example.com",
    "http://[2001:db8::1]:80/, [2001:db8::1]",
    "http://例え.jp?q=1, 例え.jp",
    "http://a b|c/, a b|c",
    "https://, ''",
    "no url, ''",
    "'', ''"
  })
  void isWhatStandsBeforeThePath(String url, String host) {
    assertThat(Host.of(url)).isEqualTo(host);
  }
}
