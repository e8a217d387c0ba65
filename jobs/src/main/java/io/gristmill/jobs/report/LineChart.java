package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.at;
import static io.gristmill.jobs.report.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Curves over a common x axis, as inline SVG. The drawing fills the width it is given and keeps its
 * height: x is in percent and the curves lie in an inner drawing that stretches without thickening
 * its strokes, so text stays legible on a phone.
 *
 * @param description what it shows, for those who cannot see it
 * @param xName what x counts, for the read-out
 * @param lines drawn in this order
 * @param marks x of thin vertical lines
 * @param height of the plot in pixels
 */
record LineChart(
    String description,
    String xName,
    List<Line> lines,
    List<Double> marks,
    Scale x,
    Scale y,
    int height) {
  private static final int WIDTH = 1000; // units of the inner drawing
  private static final int COLUMNS = 300;

  /** The figure; one sentence where nothing can be drawn. */
  Html.Node node() {
    List<Line> drawn = lines.stream().filter(line -> !line.points().isEmpty()).toList();
    if (drawn.isEmpty()) {
      return tag("p.empty", "Nothing to draw: the run has no finite value here.");
    }
    return tag(
        "div.chart",
        tag(
            "svg.plot",
            at("role", "img"),
            at("aria-label", description),
            at("width", "100%"),
            at("height", Integer.toString(height)),
            at("data-x", x.min() + " " + x.max()),
            at("data-y", y.min() + " " + y.max()),
            at("data-name", xName),
            tag("g.grid", all(yTicks()), all(xTicks()), all(markLines())),
            tag(
                "svg.curves",
                at("viewBox", "0 0 " + WIDTH + " " + height),
                at("preserveAspectRatio", "none"),
                at("width", "100%"),
                at("height", Integer.toString(height)),
                all(drawn.stream().map(this::path).toList())),
            tag("g.ends", all(drawn.stream().flatMap(this::circles).toList()))),
        tag("p.readout", at("aria-hidden", "true"), Html.text("")));
  }

  private List<Html.Node> yTicks() {
    var ticks = new ArrayList<Html.Node>();
    for (double value : y.ticks()) {
      String at = units(height - y.position(value) * height);
      ticks.add(tag("line", at("x1", "0"), at("x2", "100%"), at("y1", at), at("y2", at)));
      ticks.add(
          tag(
              "text.y",
              at("x", "-8"),
              at("y", at),
              at("dy", "0.35em"),
              Html.text(Numbers.tick(value, y.step()))));
    }
    return ticks;
  }

  private List<Html.Node> xTicks() {
    return x.ticks().stream()
        .map(
            value ->
                (Html.Node)
                    tag(
                        "text.x",
                        at("x", percent(value)),
                        at("y", Integer.toString(height + 18)),
                        Html.text(Numbers.tick(value, x.step()))))
        .toList();
  }

  private List<Html.Node> markLines() {
    return marks.stream()
        .filter(Scale::drawable)
        .map(
            mark ->
                (Html.Node)
                    tag(
                        "line.mark",
                        at("x1", percent(mark)),
                        at("x2", percent(mark)),
                        at("y1", "0"),
                        at("y2", Integer.toString(height))))
        .toList();
  }

  private Html.Node path(Line line) {
    var data = new StringBuilder();
    for (Point point : line.thinned(x, COLUMNS).points()) {
      data.append(data.isEmpty() ? 'M' : 'L')
          .append(units(x.position(point.x()) * WIDTH))
          .append(',')
          .append(units(height - y.position(point.y()) * height));
    }
    return tag(
        "path.curve." + line.style().replace(' ', '.'),
        at("data-name", line.name()),
        at("d", data.toString()),
        tag("title", line.name()));
  }

  /** The points of a line that is nothing but points, and the only one of another. */
  private Stream<Html.Node> circles(Line line) {
    if (line.points().size() != 1 && !line.dotted()) {
      return Stream.empty();
    }
    return line.points().stream()
        .map(
            point ->
                tag(
                    "circle." + line.style().replace(' ', '.'),
                    at("cx", percent(point.x())),
                    at("cy", units(height - y.position(point.y()) * height)),
                    at("r", "4")));
  }

  private String percent(double value) {
    return units(100 * x.position(value)) + "%";
  }

  private static String units(double value) {
    String number = String.format(Locale.ROOT, "%.2f", value);
    return number.equals("-0.00") ? "0.00" : number;
  }
}
