package io.gristmill.curation.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostilePagesTest {
  private static final String PROSE =
      "<p>This sentence is long enough, and has the commas, that make it the content of a page.</p>";

  @ParameterizedTest
  @EnumSource(ExtractionMode.class)
  void deepNestingIsBounded(ExtractionMode mode) {
    for (String tag :
        List.of("div", "b", "table", "ul><li", "blockquote", "a href=x", "pre", "font")) {
      String page = ("<" + tag + ">").repeat(50_000) + PROSE;
      assertThat(Extraction.extract(page, "", mode).text()).as(tag).hasSizeLessThan(1000);
    }
  }

  @ParameterizedTest
  @EnumSource(ExtractionMode.class)
  void manyElementsAreReadInLinearTime(ExtractionMode mode) {
    String page =
        "<body>"
            + PROSE
            + "<div class='a related'><a href=x>y</a>".repeat(30_000)
            + "<i>x</i>".repeat(100_000);
    assertThat(Extraction.extract(page, "", mode)).isNotNull();
  }

  @Test
  void aPageOfTooManyTagsOrCharactersIsRefused() {
    assertThatThrownBy(() -> extract("<i>".repeat(Pages.MOST_TAGS + 1)))
        .isInstanceOf(PageTooComplexException.class)
        .hasMessage("the page has 500001 tags, more than 500000");
    assertThatThrownBy(() -> extract("x".repeat(Pages.MOST_CHARACTERS + 1)))
        .isInstanceOf(PageTooComplexException.class)
        .hasMessageContaining("characters, more than");
  }

  @Test
  void brokenMarkupIsReadAsFarAsItGoes() {
    var random = new SplittableRandom(Long.getLong("tests.seed", 20260501L));
    String page =
        "<html><body><div class=\"x\">"
            + PROSE.repeat(3)
            + "<table><tr><td>1</td></tr></table><!-- c --><script>var a='<p>';</script></div></body></html>";
    for (int trial = 0; trial < 300; trial++) {
      StringBuilder broken = new StringBuilder(page);
      for (int edit = 0; edit < 5; edit++) {
        int at = random.nextInt(broken.length());
        broken.setCharAt(at, "<>\"'/=! \0a".charAt(random.nextInt(10)));
      }
      for (ExtractionMode mode : ExtractionMode.values()) {
        assertThat(Extraction.extract(broken.toString(), "", mode).text()).doesNotContain("\0");
      }
    }
  }

  private static void extract(String page) {
    Extraction.extract(page, "", ExtractionMode.ARTICLE);
  }
}
