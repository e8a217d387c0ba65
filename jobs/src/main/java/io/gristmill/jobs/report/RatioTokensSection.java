package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.tag;

import io.gristmill.jobs.ablation.RatioSize;
import io.gristmill.jobs.report.PageSection.Swatch;
import io.gristmill.mixing.ablation.Losses;
import io.gristmill.mixing.ablation.RatioAnswer;
import io.gristmill.mixing.ablation.RatioFindings;
import io.gristmill.mixing.ablation.RatioMeasure;
import io.gristmill.mixing.ablation.ToleratedRatio;
import io.gristmill.mixing.law.ratio.CriticalRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The losses of one size as its trainings go on, and how the answer changes with them. */
final class RatioTokensSection {
  private static final int TALL = 260;
  private static final double KILO = 1000;

  private RatioTokensSection() {}

  static PageSection of(RatioSize size) {
    RatioFindings findings = size.findings();
    List<Double> inner =
        findings.outcomes().stream().map(own -> own.ratio()).filter(own -> own < 1).toList();
    var ratios = new ArrayList<Swatch>();
    for (int i = 0; i < inner.size(); i++) {
      ratios.add(new Swatch("line", AblationPage.hue(i), Numbers.measure(inner.get(i))));
    }
    var tolerances = new ArrayList<Swatch>();
    for (int i = 0; i < findings.tolerated().size(); i++) {
      tolerances.add(
          new Swatch(
              "line",
              AblationPage.hue(i),
              Numbers.measure(findings.tolerated().get(i).tolerance())));
    }
    return PageSection.of(
        "tokens-" + size.name(),
        "%s over tokens".formatted(size.name()),
        "Changes of the held-out losses as the trainings go on, the mean over the seeds; ratios"
            + " below 1.",
        PageSection.legend(ratios),
        tag(
            "div.columns",
            PageSection.figure(
                "General loss",
                "Change in nats per token over thousands of tokens.",
                losses(size, inner, "general", Losses::general)),
            PageSection.figure(
                "Domain loss",
                "Change in nats per token over thousands of tokens.",
                losses(size, inner, "domain", Losses::domain))),
        PageSection.figure(
            "The largest feasible share",
            "In percent, over thousands of tokens, for each tolerance; dots only where it lies"
                + " within the ratios that laws were fitted to.",
            PageSection.legend(tolerances),
            critical(findings)));
  }

  private static Html.Node losses(
      RatioSize size, List<Double> ratios, String name, ToDoubleFunction<Losses> loss) {
    double before = loss.applyAsDouble(size.findings().before());
    var lines = new ArrayList<Line>();
    var values = new ArrayList<Double>();
    double last = 0;
    for (int i = 0; i < ratios.size(); i++) {
      double ratio = ratios.get(i);
      var sums = new TreeMap<Long, List<Double>>();
      for (RatioMeasure own : size.measures()) {
        if (own.ratio() == ratio) {
          sums.computeIfAbsent(own.tokens(), tokens -> new ArrayList<>())
              .add(loss.applyAsDouble(own.losses()) - before);
        }
      }
      var points = new ArrayList<Point>();
      for (var at : sums.entrySet()) {
        double mean = at.getValue().stream().mapToDouble(own -> own).average().orElseThrow();
        points.add(new Point(at.getKey() / KILO, mean));
        values.add(mean);
        last = Math.max(last, at.getKey() / KILO);
      }
      lines.add(new Line("R " + Numbers.measure(ratio), AblationPage.hue(i), points));
    }
    return new LineChart(
            "change of the %s loss over tokens".formatted(name),
            "thousand tokens",
            lines,
            List.of(),
            Scale.between(0, Math.max(1, last), 5),
            Scale.around(values, 6),
            TALL)
        .node();
  }

  private static Html.Node critical(RatioFindings findings) {
    var lines = new ArrayList<Line>();
    var values = new ArrayList<Double>();
    for (int i = 0; i < findings.tolerated().size(); i++) {
      ToleratedRatio own = findings.tolerated().get(i);
      var points = new ArrayList<Point>();
      for (RatioAnswer answer : own.answers()) {
        if (answer.ratio() instanceof CriticalRatio.Found found) {
          points.add(new Point(answer.tokens() / KILO, 100 * found.ratio()));
          values.add(100 * found.ratio());
        }
      }
      lines.add(new Line("tolerance " + own.tolerance(), AblationPage.hue(i) + " dots", points));
    }
    return new LineChart(
            "largest feasible share over tokens",
            "thousand tokens",
            lines,
            List.of(),
            Scale.between(0, Math.max(1, findings.tokens() / KILO), 5),
            Scale.around(values, 5),
            TALL)
        .node();
  }
}
