package io.gristmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.jobs.report.data.Funnel;
import io.gristmill.jobs.report.data.Generation;
import io.gristmill.jobs.report.data.ReportData;
import io.gristmill.jobs.report.data.Skew;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ReportPageTest {
  private static final ReportData NONE = ReportData.none("empty");

  private static ReportData saying(String name, String text) {
    var generation = new Generation("zh", "提示", text, 1, 0.8, 40, 0.95, 1, 0, 1, 0);
    return new ReportData(
        name,
        NONE.funnel(),
        NONE.contaminations(),
        NONE.skew(),
        NONE.tokenizer(),
        NONE.corpus(),
        NONE.blend(),
        NONE.history(),
        NONE.scores(),
        List.of(generation),
        List.of(),
        List.of(),
        List.of("a note"));
  }

  @Test
  void aRunWithoutFilesSaysWhatIsMissingInOneLineEach() {
    var page = new PageXml(ReportPage.render(NONE));
    assertThat(page.text()).contains("Nothing to show yet");
    assertThat(page.elements("section"))
        .hasSize(11)
        .allSatisfy(
            section -> {
              assertThat(section.getAttribute("class")).isEqualTo("missing");
              assertThat(section.getElementsByTagName("p").getLength()).isEqualTo(1);
              assertThat(section.getTextContent()).contains("Not in this run");
            });
  }

  @Test
  void hostileTextIsShownAndNothingElse() {
    String hostile =
        "</p><script>alert(1)</script><img src=x onerror=alert(1)> &amp; \u0000 \ud800";
    var page = new PageXml(ReportPage.render(saying(hostile, hostile)));
    assertThat(page.elements("script")).hasSize(1);
    assertThat(page.elements("img")).isEmpty();
    assertThat(page.elements("h1"))
        .first()
        .extracting(Element::getTextContent)
        .asString()
        .startsWith("</p><script>alert(1)</script><img src=x onerror=alert(1)> &amp;");
  }

  @Test
  void textsCarryTheirLanguage() {
    var page = new PageXml(ReportPage.render(saying("run", "提示后面的文字")));
    assertThat(page.elements("p"))
        .filteredOn(p -> p.getAttribute("class").equals("text"))
        .singleElement()
        .satisfies(p -> assertThat(p.getAttribute("lang")).isEqualTo("zh-Hans"))
        .satisfies(p -> assertThat(p.getTextContent()).isEqualTo("提示后面的文字"));
  }

  @Test
  void theSkewOfTheDeduplicationIsTold() {
    Funnel none = Funnel.none();
    var clusters = new TreeMap<>(Map.of(1, 10L, 3, 2L));
    var funnel =
        new Funnel(
            16,
            12,
            none.rejected(),
            none.failed(),
            List.of(),
            none.bytes(),
            clusters,
            none.redactions());
    var skew =
        new Skew(
            new TreeMap<>(Map.of(1, 4_000L, 64, 2L)),
            List.of(new Skew.Step("buckets", 12.5, 84, 0.4, 9.1)));
    String html = HtmlWriter.write(ClusterSection.of(funnel, skew).node());
    assertThat(html).contains("33 to 64").contains("4,000").contains("buckets").contains("9.1");
  }

  @Test
  void thePageAsksTheNetworkForNothing() {
    String html = ReportPage.render(saying("run", "text"));
    assertThat(html).doesNotContain("src=").doesNotContain("url(").doesNotContain("@import");
    assertThat(new PageXml(html).elements("a"))
        .allSatisfy(a -> assertThat(a.getAttribute("href")).startsWith("#"));
    assertThat(new PageXml(html).elements("link")).isEmpty();
  }

  @Test
  void theSameFiguresGiveTheSameBytes() {
    assertThat(ReportPage.render(saying("run", "text")))
        .isEqualTo(ReportPage.render(saying("run", "text")));
  }
}
