package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.ablation.RatioSize;
import io.gristmill.mixing.ablation.LawOutcome;
import io.gristmill.mixing.ablation.Losses;
import io.gristmill.mixing.ablation.RatioFindings;
import io.gristmill.mixing.ablation.RatioMeasure;
import io.gristmill.mixing.ablation.RatioOutcome;
import io.gristmill.mixing.ablation.ToleratedRatio;
import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.ratio.CriticalRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The losses of one size at the end of its trainings, by the share of the domain. */
final class RatioSection {
  private static final int TALL = 260;
  private static final int CURVE_POINTS = 100;

  private RatioSection() {}

  static PageSection of(RatioSize size) {
    RatioFindings findings = size.findings();
    return PageSection.of(
        "ratio-" + size.name(),
        "%s by ratio".formatted(size.name()),
        "%s parameters, from %s, then %s tokens at each ratio. Held-out losses rest on %s general and %s domain tokens, the same for all; before, they were %s and %s nats per token."
            .formatted(
                Numbers.count(size.parameters()),
                size.start(),
                Numbers.count(findings.tokens()),
                Numbers.count(size.heldOutGeneral()),
                Numbers.count(size.heldOutDomain()),
                Numbers.fixed(findings.before().general(), 4),
                Numbers.fixed(findings.before().domain(), 4)),
        tag(
            "div.columns",
            PageSection.figure(
                "General loss",
                "Change in nats per token by the share in percent. Line: the law; dots: trainings; level line: the tolerance of %s; upright: the largest feasible share."
                    .formatted(CriticalRatioSection.usual(size).tolerance()),
                chart(size, "general", Losses::general, findings.general())),
            PageSection.figure(
                "Domain loss",
                "Change in nats per token by the share in percent.",
                chart(size, "domain", Losses::domain, findings.domain()))),
        PageSection.figure(
            "Both losses",
            "Each dot a ratio: to the left the domain is known better, below the general text."
                + " Where one lies right of and above another, the other is better in both.",
            front(findings)),
        table(findings));
  }

  private static Html.Node chart(
      RatioSize size, String name, ToDoubleFunction<Losses> loss, LawOutcome outcome) {
    RatioFindings findings = size.findings();
    double before = loss.applyAsDouble(findings.before());
    boolean general = name.equals("general");
    var points = new ArrayList<Point>();
    var values = new ArrayList<Double>();
    // At 1 the general text is no longer trained on, and its loss would flatten all others.
    for (RatioMeasure own : size.measures()) {
      if (own.tokens() == findings.tokens() && (!general || own.ratio() < 1)) {
        double change = loss.applyAsDouble(own.losses()) - before;
        points.add(new Point(100 * own.ratio(), change));
        values.add(change);
      }
    }
    var lines = new ArrayList<Line>();
    if (outcome instanceof LawOutcome.Fitted law) {
      lines.add(curve(law.fit(), before));
    }
    lines.add(new Line(name + " loss", "hue-zh dots", points));
    Scale x = Scale.between(0, 100, 5);
    var marks = new ArrayList<Double>();
    if (general) {
      ToleratedRatio usual = CriticalRatioSection.usual(size);
      values.add(usual.tolerance());
      lines.add(Line.level("tolerance", "hue-bad dashed", x, usual.tolerance()));
      if (usual.last().ratio() instanceof CriticalRatio.Found found) {
        marks.add(100 * found.ratio());
      }
    }
    return new LineChart(
            "change of the %s loss by the share of the domain".formatted(name),
            "share in percent",
            lines,
            marks,
            x,
            Scale.around(values, 6),
            TALL)
        .node();
  }

  private static Line curve(Fit fit, double before) {
    double low = fit.range("ratio").low();
    double high = fit.range("ratio").high();
    var points = new ArrayList<Point>();
    for (int i = 0; i <= CURVE_POINTS; i++) {
      double ratio = low + (high - low) * i / CURVE_POINTS;
      points.add(new Point(100 * ratio, fit.predict(Math.min(ratio, high)) - before));
    }
    return new Line("law", "hue-en", points);
  }

  private static Html.Node front(RatioFindings findings) {
    List<Point> points =
        findings.outcomes().stream()
            .filter(own -> own.ratio() < 1)
            .map(own -> new Point(own.change().domain(), own.change().general()))
            .sorted((a, b) -> Double.compare(a.x(), b.x()))
            .toList();
    return new LineChart(
            "change of the general loss by the change of the domain's",
            "domain",
            List.of(new Line("general", "hue-en dots", points)),
            List.of(),
            Scale.around(points.stream().map(Point::x).toList(), 6),
            Scale.around(points.stream().map(Point::y).toList(), 5),
            TALL)
        .node();
  }

  private static Html.Node table(RatioFindings findings) {
    var table =
        new Table(
            "ratio",
            "#general, change",
            "#spread over seeds",
            "#domain, change",
            "#spread over seeds",
            "on the Pareto front");
    for (RatioOutcome own : findings.outcomes()) {
      table.row(
          text(Numbers.measure(own.ratio())),
          text(AblationPage.change(own.change().general())),
          text(Numbers.fixed(own.spread().general(), 4)),
          text(AblationPage.change(own.change().domain())),
          text(Numbers.fixed(own.spread().domain(), 4)),
          text(own.onFront() ? "yes" : "no: another ratio is better in both"));
    }
    return table.node();
  }
}
