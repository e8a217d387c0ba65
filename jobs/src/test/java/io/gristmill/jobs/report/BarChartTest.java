package io.gristmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.jobs.report.BarChart.Bar;
import io.gristmill.jobs.report.BarChart.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarChartTest {
  private static String drawn(List<Bar> bars) {
    String html = HtmlWriter.write(BarChart.of("bars", bars).node());
    new PageXml(html);
    return html;
  }

  private static Bar bar(Segment... segments) {
    return new Bar(Html.text("label"), List.of(segments), "value");
  }

  @Test
  void noBarIsSaidInWords() {
    assertThat(drawn(List.of())).contains("Nothing to draw");
  }

  @Test
  void segmentsStandSideBySide() {
    assertThat(drawn(List.of(bar(Segment.gap(1), new Segment(3L, "hue-en", "three")))))
        .contains("x=\"25.000%\" y=\"1\" width=\"75.000%\"")
        .contains("<title>three</title>");
  }

  @Test
  void emptyBarsAndMeasuresThatAreNoNumbersDrawNothing() {
    String html =
        drawn(
            List.of(
                bar(new Segment(0L, "hue-en", "none")),
                new Bar(
                    Html.text("label"),
                    List.of(new Segment(Double.NaN, "hue-en", "unknown")),
                    List.of(Double.NaN, Double.POSITIVE_INFINITY),
                    Html.text("–"))));
    assertThat(html).doesNotContain("hue-en").doesNotContain("NaN").doesNotContain("mark");
  }
}
