package io.gristmill.jobs.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A curve of a chart.
 *
 * @param name for the read-out
 * @param style classes that set colour and weight; with {@code dots} its points are drawn and not
 *     the line between
 * @param points by rising x; those that cannot be drawn (NaN, infinite) are left out
 */
record Line(String name, String style, List<Point> points) {
  Line {
    points = points.stream().filter(Point::drawable).toList();
  }

  /** Whether it is nothing but points. */
  boolean dotted() {
    return style.endsWith(" dots");
  }

  /** A level line over the whole width. */
  static Line level(String name, String style, Scale x, double y) {
    return new Line(name, style, List.of(new Point(x.min(), y), new Point(x.max(), y)));
  }

  /**
   * The mean over {@code 2 * reach + 1} neighbours, fewer towards the ends but as many on each
   * side, so that the smooth curve does not lag behind the raw one.
   */
  Line smoothed(String smoothName, String smoothStyle, int reach) {
    var sums = new double[points.size() + 1];
    for (int i = 0; i < points.size(); i++) {
      sums[i + 1] = sums[i] + points.get(i).y();
    }
    var smooth = new ArrayList<Point>(points.size());
    for (int i = 0; i < points.size(); i++) {
      int side = Math.min(reach, Math.min(i, points.size() - 1 - i));
      double mean = (sums[i + side + 1] - sums[i - side]) / (2 * side + 1);
      smooth.add(new Point(points.get(i).x(), mean));
    }
    return new Line(smoothName, smoothStyle, smooth);
  }

  /**
   * At most four points for each of {@code columns} equal parts of the x axis: the first, lowest,
   * highest and last, in their order, so that no spike is lost.
   */
  Line thinned(Scale x, int columns) {
    if (points.size() <= 4 * columns) {
      return this;
    }
    var kept = new ArrayList<Point>();
    int from = 0;
    while (from < points.size()) {
      int column = column(points.get(from), x, columns);
      int lowest = from;
      int highest = from;
      int to = from;
      for (; to < points.size() && column(points.get(to), x, columns) == column; to++) {
        lowest = points.get(to).y() < points.get(lowest).y() ? to : lowest;
        highest = points.get(to).y() > points.get(highest).y() ? to : highest;
      }
      int last = to - 1;
      for (int i : new int[] {from, Math.min(lowest, highest), Math.max(lowest, highest), last}) {
        if (kept.isEmpty() || !kept.getLast().equals(points.get(i))) {
          kept.add(points.get(i));
        }
      }
      from = to;
    }
    return new Line(name, style, kept);
  }

  private static int column(Point point, Scale x, int columns) {
    return (int) Math.min(columns - 1, Math.floor(x.position(point.x()) * columns));
  }
}
