package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.ablation.RatioAblation;
import io.gristmill.jobs.ablation.RatioSize;
import io.gristmill.mixing.ablation.LawOutcome;
import io.gristmill.mixing.ablation.RatioAnswer;
import io.gristmill.mixing.ablation.RatioFindings;
import io.gristmill.mixing.ablation.ToleratedRatio;
import io.gristmill.mixing.law.ratio.CriticalRatio;
import java.util.Comparator;
import java.util.stream.Collectors;

/** The answer: how much of the domain each tolerance allows, and what to know before using it. */
final class CriticalRatioSection {
  /** The tolerance of the paper (Gu et al. 2024, arXiv 2407.17467, section 3). */
  private static final double USUAL = 0.05;

  private CriticalRatioSection() {}

  static PageSection of(RatioAblation result) {
    return PageSection.of(
        "answer",
        "The answer",
        lede(result),
        PageSection.figure(
            "Largest feasible share",
            "By the law of the general loss over the ratios, with a 95 % interval of 1,000"
                + " resamples; beside it without a law, on straight lines between what was"
                + " measured. A share is feasible if the general loss ends at most the tolerance"
                + " above where it began.",
            table(result)),
        cautions(result));
  }

  /** The tolerance that the head of the page quotes. */
  static ToleratedRatio usual(RatioSize size) {
    return size.findings().tolerated().stream()
        .min(Comparator.comparingDouble(own -> Math.abs(own.tolerance() - USUAL)))
        .orElseThrow();
  }

  /** An answer in a few words. */
  static String words(CriticalRatio ratio) {
    return switch (ratio) {
      case CriticalRatio.Found found -> Numbers.fixed(found.ratio(), 3);
      case CriticalRatio.Between between ->
          "between %s and %s"
              .formatted(
                  Numbers.measure(between.feasible()), Numbers.measure(between.infeasible()));
      case CriticalRatio.AllFeasible all ->
          "all up to %s".formatted(Numbers.measure(all.largest()));
      case CriticalRatio.NoneFeasible none ->
          "none from %s on".formatted(Numbers.measure(none.smallest()));
    };
  }

  private static String lede(RatioAblation result) {
    String answers =
        result.sizes().stream()
            .map(size -> "%s %s".formatted(size.name(), words(usual(size).last().ratio())))
            .collect(Collectors.joining(", "));
    double tolerance = usual(result.sizes().getFirst()).tolerance();
    return "How large a share of %s the training may have, if the general loss may rise by %s nats per token: %s. The tolerance decides: see the others below."
        .formatted(result.design().domain(), tolerance, answers);
  }

  private static Html.Node table(RatioAblation result) {
    var table =
        new Table(
            "size",
            "#tolerance",
            "#largest share",
            "#95 % interval",
            "#resamples that find one",
            "#without a law");
    for (RatioSize size : result.sizes()) {
      for (ToleratedRatio own : size.findings().tolerated()) {
        RatioAnswer last = own.last();
        table.row(
            text(size.name()),
            text(Numbers.measure(own.tolerance())),
            text(words(last.ratio())),
            text(
                last.found() > 0
                    ? "%s to %s"
                        .formatted(
                            Numbers.fixed(last.interval().low(), 3),
                            Numbers.fixed(last.interval().high(), 3))
                    : Numbers.ABSENT),
            text(Numbers.percent(last.found())),
            text(words(last.interpolated())));
      }
    }
    return table.node();
  }

  private static Html.Node cautions(RatioAblation result) {
    var items =
        result.sizes().stream()
            .flatMap(
                size ->
                    size.findings().cautions().stream()
                        .map(caution -> (Html.Node) tag("li", size.name() + ": " + caution)))
            .toList();
    Html.Node turned =
        Html.all(
            result.sizes().stream()
                .map(size -> (Html.Node) tag("li", size.name() + ": " + turned(size)))
                .toList());
    Html.Node sizes =
        result.sizeLaw() instanceof LawOutcome.Refused refused
            ? tag("li", "Law of the size: " + refused.why())
            : Html.all();
    return PageSection.figure("Before using it", "", tag("ul", Html.all(items), turned, sizes));
  }

  private static String turned(RatioSize size) {
    return switch (size.findings().turned()) {
      case RatioFindings.Turned.Known known ->
          "by turning points, as the paper defines it: " + words(known.ratio());
      case RatioFindings.Turned.Unknown unknown -> "turning points: " + unknown.why();
    };
  }
}
