package io.gristmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineTest {
  private static Line line(double... y) {
    return new Line(
        "y", "", IntStream.range(0, y.length).mapToObj(i -> new Point((double) i, y[i])).toList());
  }

  @Test
  void whatCannotBeDrawnIsLeftOut() {
    assertThat(line(1, Double.NaN, Double.NEGATIVE_INFINITY, 2).points())
        .containsExactly(new Point(0, 1), new Point(3, 2));
  }

  @Test
  void smoothingDoesNotLagAndKeepsTheEnds() {
    assertThat(line(5, 4, 3, 2, 1).smoothed("s", "", 2).points())
        .isEqualTo(line(5, 4, 3, 2, 1).points());
    assertThat(line(0, 3, 0, 3, 0).smoothed("s", "", 1).points())
        .extracting(Point::y)
        .containsExactly(0.0, 1.0, 2.0, 1.0, 0.0);
    assertThat(line().smoothed("s", "", 3).points()).isEmpty();
  }

  @Test
  void thinningKeepsEverySpike() {
    var y = new double[10_000];
    y[1234] = 50;
    y[7777] = -50;
    Line thin = line(y).thinned(Scale.between(0, 10_000, 5), 100);
    assertThat(thin.points())
        .hasSizeLessThanOrEqualTo(400)
        .contains(new Point(1234, 50), new Point(7777, -50), new Point(0, 0), new Point(9999, 0))
        .isSortedAccordingTo((a, b) -> Double.compare(a.x(), b.x()));
  }

  @Test
  void shortLinesAreNotThinned() {
    assertThat(line(1, 2, 3).thinned(Scale.between(0, 2, 2), 1).points())
        .isEqualTo(line(1, 2, 3).points());
  }
}
