package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.at;
import static io.gristmill.jobs.report.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars on one scale from 0, a line each: label, bar of segments, value. The bars are
 * inline SVG (which browsers print, unlike backgrounds); label and value are text of the page,
 * which go above the bar where the page is narrow.
 *
 * @param description what it shows, for those who cannot see it
 * @param bars from top to bottom
 * @param max the amount that fills the width
 */
record BarChart(String description, List<Bar> bars, double max) {
  /**
   * @param label what the bar stands for
   * @param segments side by side from the left
   * @param marks amounts at which a thin upright line crosses the bar
   * @param value what is written behind it
   */
  record Bar(Html.Node label, List<Segment> segments, List<Double> marks, Html.Node value) {
    Bar(Html.Node label, List<Segment> segments, String value) {
      this(label, segments, Html.text(value));
    }

    Bar(Html.Node label, List<Segment> segments, Html.Node value) {
      this(label, segments, List.of(), value);
    }

    /** The amount up to the end of the last segment. */
    double length() {
      return segments.stream().mapToDouble(Segment::amount).sum();
    }
  }

  /**
   * @param amount how long, not negative
   * @param style classes that set the colour; empty for an invisible one
   * @param title what a pointer that rests on it reads
   */
  record Segment(double amount, String style, String title) {
    Segment(long count, String style, String title) {
      this((double) count, style, title);
    }

    static Segment gap(long amount) {
      return new Segment(amount, "", "");
    }
  }

  /** Bars of which the longest fills the width. */
  static BarChart of(String description, List<Bar> bars) {
    double longest = bars.stream().mapToDouble(Bar::length).filter(Scale::drawable).max().orElse(1);
    return new BarChart(description, bars, longest);
  }

  Html.Node node() {
    if (bars.isEmpty()) {
      return tag("p.empty", "Nothing to draw: the run has no value here.");
    }
    return tag(
        "ul.bars", at("aria-label", description), all(bars.stream().map(this::node).toList()));
  }

  private Html.Node node(Bar bar) {
    return tag(
        "li",
        tag("span.label", bar.label()),
        tag(
            "svg.bar",
            at("width", "100%"),
            at("height", "16"),
            at("aria-hidden", "true"),
            all(drawn(bar))),
        tag("span.value", bar.value()));
  }

  private List<Html.Node> drawn(Bar bar) {
    var nodes = new ArrayList<Html.Node>();
    nodes.add(
        tag("rect.track", at("x", "0"), at("y", "7"), at("width", "100%"), at("height", "2")));
    double from = 0;
    for (Segment segment : bar.segments()) {
      if (!Scale.drawable(segment.amount()) || !(segment.amount() > 0)) {
        continue;
      }
      if (!segment.style().isEmpty()) {
        nodes.add(
            tag(
                "rect." + segment.style().replace(' ', '.'),
                at("x", percent(from)),
                at("y", "1"),
                at("width", percent(segment.amount())),
                at("height", "14"),
                tag("title", segment.title())));
      }
      from += segment.amount();
    }
    for (double mark : bar.marks()) {
      if (Scale.drawable(mark)) {
        nodes.add(
            tag(
                "line.mark",
                at("x1", percent(mark)),
                at("x2", percent(mark)),
                at("y1", "-2"),
                at("y2", "18")));
      }
    }
    return nodes;
  }

  private String percent(double amount) {
    double share = max > 0 ? amount / max : 0;
    return String.format(Locale.ROOT, "%.3f%%", 100 * Math.clamp(share, 0, 1));
  }
}
