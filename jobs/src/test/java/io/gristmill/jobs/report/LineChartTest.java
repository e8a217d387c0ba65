package io.gristmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineChartTest {
  private static String drawn(List<Point> points) {
    var x = Scale.around(points.stream().map(Point::x).toList(), 5);
    var y = Scale.around(points.stream().map(Point::y).toList(), 5);
    var line = new Line("loss", "hue-all", points);
    return HtmlWriter.write(
        new LineChart("a <curve>", "step", List.of(line), List.of(), x, y, 100).node());
  }

  @Test
  void noPointIsSaidInWords() {
    assertThat(drawn(List.of())).contains("Nothing to draw").doesNotContain("<svg");
    assertThat(drawn(List.of(new Point(1, Double.NaN), new Point(2, Double.POSITIVE_INFINITY))))
        .contains("Nothing to draw");
  }

  @Test
  void onePointIsADot() {
    assertThat(drawn(List.of(new Point(3, 4)))).contains("<circle").doesNotContain("NaN");
  }

  @Test
  void twoPointsAreALine() {
    assertThat(drawn(List.of(new Point(0, 0), new Point(10, 5))))
        .contains("d=\"M0.00,100.00L1000.00,0.00\"")
        .contains("aria-label=\"a &lt;curve&gt;\"")
        .doesNotContain("<circle");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10_000})
  void coordinatesAreFiniteAndFew(int points) {
    String svg =
        drawn(
            IntStream.range(0, points)
                .mapToObj(i -> new Point((double) i, i % 7 == 3 ? Double.NaN : Math.sin(i)))
                .toList());
    assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
    assertThat(svg.length()).isLessThan(40_000);
    new PageXml(svg);
  }
}
