package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.at;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.report.data.Axis;
import io.gristmill.jobs.report.data.Distribution;
import io.gristmill.jobs.report.data.Distribution.Cut;
import io.gristmill.jobs.report.data.Distribution.Near;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How every signal lies over the documents, where the rules cut, and what stands at the cuts. */
final class DistributionsSection {
  private static final int HEIGHT = 64;
  private static final int CHARACTERS = 160;

  private DistributionsSection() {}

  static PageSection of(List<Distribution> distributions) {
    String title = "Signals and thresholds";
    if (distributions.isEmpty()) {
      return PageSection.missing(
          "signals", title, "Not in this run: no documents that were measured.");
    }
    Map<String, List<Distribution>> languages = new LinkedHashMap<>();
    distributions.forEach(
        one -> languages.computeIfAbsent(one.language(), tag -> new ArrayList<>()).add(one));
    var body = new ArrayList<Html.Node>();
    languages.forEach((language, signals) -> body.add(language(language, signals)));
    return PageSection.of(
        "signals",
        title,
        "Every document that was measured, kept or not, in the languages that have most. The height of"
            + " a bar is the square root of its documents, so that few are seen beside many; upright lines"
            + " are thresholds, and pale is what lies beyond them. Lengths and counts stand on a"
            + " logarithmic axis.",
        body.toArray(Html.Node[]::new));
  }

  private static Html.Node language(String language, List<Distribution> signals) {
    List<Html.Node> ruled =
        signals.stream()
            .filter(one -> !one.cuts().isEmpty())
            .map(DistributionsSection::figure)
            .toList();
    List<Html.Node> others =
        signals.stream()
            .filter(one -> one.cuts().isEmpty())
            .map(DistributionsSection::figure)
            .toList();
    long documents = signals.stream().mapToLong(Distribution::documents).max().orElse(0);
    return all(
        tag(
            "h3",
            PageSection.language(language),
            text(" "),
            tag("small", Numbers.count(documents) + " documents")),
        ruled.isEmpty() ? all() : tag("div.columns.three", all(ruled)),
        others.isEmpty()
            ? all()
            : tag(
                "details",
                tag("summary", "Signals that no rule reads"),
                tag("div.columns.three", all(others))));
  }

  private static Html.Node figure(Distribution one) {
    return PageSection.figure(
        PageSection.words(one.signal()),
        one.cuts().isEmpty() ? Numbers.count(one.documents()) + " documents" : "",
        drawing(one),
        ends(one),
        all(one.cuts().stream().map(cut -> cut(one, cut)).toList()));
  }

  private static Html.Node drawing(Distribution one) {
    long most = one.bins().stream().mapToLong(Long::longValue).max().orElse(1);
    var drawn = new ArrayList<Html.Node>();
    for (int bin = 0; bin < one.bins().size(); bin++) {
      long documents = one.bins().get(bin);
      if (documents > 0) {
        double height = Math.max(1, HEIGHT * Math.sqrt((double) documents / most));
        drawn.add(
            tag(
                beyond(one, bin) ? "rect.area.pale" : "rect.area",
                at("x", percent((double) bin / Axis.BINS)),
                at("width", percent(0.9 / Axis.BINS)),
                at("y", units(HEIGHT - height)),
                at("height", units(height)),
                tag("title", range(one.axis(), bin) + ": " + Numbers.count(documents))));
      }
    }
    for (Cut cut : one.cuts()) {
      String x = percent(one.axis().position(cut.threshold()));
      drawn.add(
          tag(
              "line.mark",
              at("x1", x),
              at("x2", x),
              at("y1", "-4"),
              at("y2", Integer.toString(HEIGHT + 4))));
    }
    return tag(
        "svg.bar.histogram." + Languages.hue(one.language()),
        at("role", "img"),
        at("aria-label", "distribution of " + PageSection.words(one.signal())),
        at("width", "100%"),
        at("height", Integer.toString(HEIGHT)),
        all(drawn));
  }

  /** Whether the middle of a bin lies beyond some threshold. */
  private static boolean beyond(Distribution one, int bin) {
    double middle = one.axis().value((bin + 0.5) / Axis.BINS);
    return one.cuts().stream()
        .anyMatch(cut -> cut.least() ? middle < cut.threshold() : middle > cut.threshold());
  }

  private static String range(Axis axis, int bin) {
    return "%s to %s"
        .formatted(
            Numbers.measure(axis.value((double) bin / Axis.BINS)),
            Numbers.measure(axis.value((bin + 1.0) / Axis.BINS)));
  }

  private static Html.Node ends(Distribution one) {
    return tag(
        "p.ends",
        tag("span", Numbers.measure(one.axis().min())),
        tag("span", Numbers.measure(one.axis().max())));
  }

  private static Html.Node cut(Distribution one, Cut cut) {
    return tag(
        "details",
        tag(
            "summary",
            text(
                "%s %s %s: "
                    .formatted(
                        PageSection.words(cut.reason()),
                        cut.least() ? "≥" : "≤",
                        Numbers.measure(cut.threshold()))),
            tag("b", Numbers.count(cut.beyond())),
            text(" beyond (%s)".formatted(Numbers.percent(cut.beyond(), one.documents())))),
        tag("p.measures", "Threshold: " + cut.source()),
        near(one.language(), "Just beyond", cut.outside()),
        near(one.language(), "Just inside", cut.inside()));
  }

  private static Html.Node near(String language, String side, Optional<Near> near) {
    return near.isEmpty()
        ? tag("p.empty", side + ": no document whose text is stored.")
        : tag(
            "article." + Languages.hue(language),
            tag("p.why", "%s: %s".formatted(side, Numbers.measure(near.get().value()))),
            tag(
                "p.text",
                at("lang", Languages.attribute(language)),
                at("dir", "auto"),
                text(Excerpt.of(near.get().text(), CHARACTERS))),
            tag("p.measures", near.get().id()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  private static String units(double length) {
    return String.format(Locale.ROOT, "%.1f", length);
  }
}
