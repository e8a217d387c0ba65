package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.report.BarChart.Bar;
import io.gristmill.jobs.report.BarChart.Segment;
import io.gristmill.jobs.report.PageSection.Swatch;
import io.gristmill.jobs.report.data.Funnel;
import io.gristmill.jobs.report.data.Funnel.SkippedRange;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * From raw records to kept documents: a waterfall in which each reason takes its part away,
 * coloured by language, then the same in numbers, then the bytes.
 */
final class FunnelSection {
  private static final int MOST_REASONS = 30;
  private static final int MOST_RANGES = 12;

  private FunnelSection() {}

  static PageSection of(Funnel funnel) {
    String title = "From raw records to documents";
    if (funnel.isEmpty()) {
      return PageSection.missing("funnel", title, "Not in this run: no ledger.json of a curation.");
    }
    var losses = LossesByLanguage.of(funnel);
    return PageSection.of(
        "funnel",
        title,
        lede(funnel),
        PageSection.figure(
            "Records",
            "Dark: what a reason took away, by language. Pale: what was left.",
            legend(losses),
            waterfall(funnel, losses).node()),
        numbers(funnel, losses),
        redactions(funnel.redactions()),
        bytes(funnel.bytes()));
  }

  private static String lede(Funnel funnel) {
    long rejected = funnel.rejected().values().stream().mapToLong(Long::longValue).sum();
    long failed = funnel.failed().values().stream().mapToLong(Long::longValue).sum();
    String balance =
        funnel.in() == funnel.kept() + rejected + failed
            ? "The ledger balances."
            : "The ledger does not balance.";
    return "Of %s records, %s were kept (%s), %s rejected with a reason and %s could not be read. %s"
        .formatted(
            Numbers.count(funnel.in()),
            Numbers.count(funnel.kept()),
            Numbers.percent(funnel.kept(), funnel.in()),
            Numbers.count(rejected),
            Numbers.count(failed),
            balance);
  }

  private static Html.Node legend(LossesByLanguage losses) {
    return PageSection.legend(
        losses.languages().stream()
            .map(
                tag ->
                    new Swatch(
                        "area",
                        Languages.hue(tag),
                        Languages.hue(tag).equals(Languages.OTHER)
                            ? "other or not determined"
                            : Languages.name(tag)))
            .distinct()
            .toList());
  }

  private static BarChart waterfall(Funnel funnel, LossesByLanguage losses) {
    var bars = new ArrayList<Bar>();
    long left = funnel.in();
    bars.add(
        new Bar(
            tag("b", "records in"),
            List.of(new Segment(left, "hue-all", Numbers.count(left) + " records in")),
            value(left, funnel.in())));
    List<LossesByLanguage.Loss> shown = losses.losses();
    for (LossesByLanguage.Loss loss : shown.subList(0, Math.min(MOST_REASONS, shown.size()))) {
      left -= loss.count();
      var segments = new ArrayList<Segment>();
      segments.add(new Segment(left, "rest", Numbers.count(left) + " left"));
      segments.addAll(segments(loss.byLanguage(), loss.count(), PageSection.words(loss.reason())));
      bars.add(new Bar(label(loss), segments, value(loss.count(), funnel.in())));
    }
    if (shown.size() > MOST_REASONS) {
      long rest = left - funnel.kept();
      bars.add(
          new Bar(
              text((shown.size() - MOST_REASONS) + " more reasons"),
              List.of(
                  new Segment(funnel.kept(), "rest", Numbers.count(funnel.kept()) + " left"),
                  new Segment(rest, Languages.OTHER, "more reasons")),
              value(rest, funnel.in())));
    }
    bars.add(
        new Bar(
            tag("b", "documents kept"),
            segments(losses.kept(), funnel.kept(), "kept"),
            value(funnel.kept(), funnel.in())));
    return new BarChart("records left after each reason", bars, funnel.in());
  }

  private static Html.Node label(LossesByLanguage.Loss loss) {
    return all(
        tag("bdi", PageSection.words(loss.reason())),
        text(" "),
        tag("small", loss.failed() ? "unreadable" : PageSection.words(loss.stage())));
  }

  /** One segment a language; what no flow accounts for comes last, in grey. */
  private static List<Segment> segments(
      SortedMap<String, Long> byLanguage, long total, String what) {
    var segments = new ArrayList<Segment>();
    long rest = total;
    for (var entry : byLanguage.entrySet()) {
      long count = Math.min(entry.getValue(), rest);
      segments.add(
          new Segment(
              count,
              Languages.hue(entry.getKey()),
              "%s, %s: %s".formatted(what, Languages.name(entry.getKey()), Numbers.count(count))));
      rest -= count;
    }
    segments.add(new Segment(rest, Languages.OTHER, what + ": " + Numbers.count(rest)));
    return segments;
  }

  private static Html.Node value(long count, long in) {
    return all(tag("b", Numbers.count(count)), text(" "), tag("small", Numbers.percent(count, in)));
  }

  private static Html.Node numbers(Funnel funnel, LossesByLanguage losses) {
    List<String> languages = losses.largest(5);
    if (languages.isEmpty()) {
      return all();
    }
    var columns = new ArrayList<String>(List.of("reason", "stage"));
    languages.forEach(language -> columns.add("#" + Languages.name(language)));
    columns.add("#other");
    columns.add("#all");
    var table = new Table(columns.toArray(new String[0]));
    for (LossesByLanguage.Loss loss : losses.losses()) {
      table.row(
          "tr",
          cells(
              tag("bdi", PageSection.words(loss.reason())),
              loss.failed() ? "unreadable" : PageSection.words(loss.stage()),
              languages,
              loss.byLanguage(),
              loss.count()));
    }
    table.row("tr.total", cells(text("kept"), "", languages, losses.kept(), funnel.kept()));
    return tag("details", tag("summary", "Numbers by reason and language"), table.node());
  }

  private static List<Html.Node> cells(
      Html.Node name,
      String stage,
      List<String> languages,
      SortedMap<String, Long> byLanguage,
      long all) {
    var cells = new ArrayList<Html.Node>(List.of(name, text(stage)));
    long rest = all;
    for (String language : languages) {
      long count = byLanguage.getOrDefault(language, 0L);
      rest -= count;
      cells.add(count(count));
    }
    cells.add(count(rest));
    cells.add(text(Numbers.count(all)));
    return cells;
  }

  private static Html.Node count(long count) {
    return count == 0 ? tag("span.zero", Numbers.ABSENT) : text(Numbers.count(count));
  }

  private static Html.Node redactions(SortedMap<String, Long> redactions) {
    if (redactions.isEmpty()) {
      return all();
    }
    String kinds =
        redactions.entrySet().stream()
            .map(kind -> PageSection.words(kind.getKey()) + " " + Numbers.count(kind.getValue()))
            .collect(Collectors.joining(", "));
    return tag("p.more", "Personal data replaced in the kept documents: " + kinds + ".");
  }

  private static Html.Node bytes(Funnel.Bytes bytes) {
    if (bytes.read() == 0) {
      return all();
    }
    var bars =
        List.of(
            bar("read", "hue-all", bytes.read(), bytes.read(), 0),
            bar("parsed", "hue-all", bytes.parsed(), bytes.read(), 0),
            bar("skipped", "hue-bad", bytes.skipped(), bytes.read(), bytes.parsed()));
    return all(
        PageSection.figure(
            "Bytes",
            bytes.skipped() == 0
                ? "All bytes of the sources were parsed."
                : "Skipped bytes are damaged ranges, in which no records can be counted.",
            new BarChart("bytes read, parsed and skipped", bars, bytes.read()).node()),
        ranges(bytes.ranges()));
  }

  private static Bar bar(String name, String style, long bytes, long read, long from) {
    return new Bar(
        text(name),
        List.of(Segment.gap(from), new Segment(bytes, style, name + " " + Numbers.count(bytes))),
        all(tag("b", Numbers.bytes(bytes)), text(" "), tag("small", Numbers.percent(bytes, read))));
  }

  private static Html.Node ranges(List<SkippedRange> ranges) {
    if (ranges.isEmpty()) {
      return all();
    }
    var table = new Table("skipped in", "#from byte", "#bytes", "reason");
    for (SkippedRange range : ranges.subList(0, Math.min(MOST_RANGES, ranges.size()))) {
      table.row(
          tag("bdi", range.source()),
          text(Numbers.count(range.from())),
          text(Numbers.count(range.bytes())),
          tag("bdi", PageSection.words(range.reason())));
    }
    int more = ranges.size() - MOST_RANGES;
    return all(
        table.node(),
        more > 0 ? tag("p.more", "and " + Numbers.count(more) + " more ranges") : all());
  }
}
