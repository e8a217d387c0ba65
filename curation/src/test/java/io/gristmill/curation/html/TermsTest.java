package io.gristmill.curation.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<meta name=robots content='NOINDEX, nofollow'> | nofollow, noindex",
        "<meta name=Robots content=noai><meta name=robots content='noimageai,noai'> | noai, noimageai",
        "<meta name=robots content='max-snippet:20'> | max-snippet:20",
        "<meta name=tdm-reservation content=1> | tdm-reservation",
        "<meta name=tdm-reservation content=0> | ''",
        "<meta name=googlebot content=noindex> | ''",
        "<p>robots</p> | ''"
      })
  void directivesOfAPageAreForEveryRobot(String html, String directives) {
    assertThat(Terms.robots(Jsoup.parse(html))).isEqualTo(directives);
  }

  @Test
  void directivesOfTheHeaderJoinThoseOfThePage() {
    assertThat(Terms.robots("noindex", List.of("noai, noindex", "googlebot: none, all"), true))
        .isEqualTo("noai, noindex, tdm-reservation");
    assertThat(Terms.robots("", List.of("unavailable_after: 25 Jun 2026 15:00:00 PST"), false))
        .isEqualTo("unavailable_after: 25 jun 2026 15:00:00 pst");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<link rel=license href=/terms> | http://a.org/terms",
        "<a rel='nofollow license' href='https://creativecommons.org/licenses/by/4.0/'>CC</a> | https://creativecommons.org/licenses/by/4.0/",
        "<meta name=DC.rights content='© 2020 The Mill'> | © 2020 The Mill",
        "<a href='https://creativecommons.org/publicdomain/zero/1.0/'>0</a> | https://creativecommons.org/publicdomain/zero/1.0/",
        "<a href=/licenses>all licences</a> | ''"
      })
  void aLicenceIsNamedByALinkOrByDublinCore(String html, String licence) {
    assertThat(Terms.licence(Jsoup.parse(html, "http://a.org/x"))).isEqualTo(licence);
  }

  @Test
  void aLicenceIsNamedByJsonLd() {
    String html =
        "<script type='application/ld+json'>{not</script><script type='application/ld+json'>%s</script>";
    assertThat(
            Terms.licence(
                Jsoup.parse(html.formatted("{\"@graph\": [{\"license\": \"https://l.org/1\"}]}"))))
        .isEqualTo("https://l.org/1");
    assertThat(
            Terms.licence(
                Jsoup.parse(html.formatted("{\"license\": [{\"@id\": \"https://l.org/2\"}]}"))))
        .isEqualTo("https://l.org/2");
  }
}
