package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.ablation.MixtureAblation;
import io.gristmill.jobs.ablation.MixtureSize;
import io.gristmill.mixing.ablation.MixtureAdvice;
import io.gristmill.mixing.ablation.MixtureFindings;

/** The mixture that one size recommends, and what to know before using it. */
final class MixtureAdviceSection {
  private MixtureAdviceSection() {}

  static PageSection of(MixtureAblation result, MixtureSize size) {
    MixtureFindings findings = size.findings();
    MixtureAdvice advice = findings.advice();
    return PageSection.of(
        "answer-" + size.name(),
        "%s: the answer".formatted(size.name()),
        "By the laws the objective, the weighted mean of the held-out losses, is %s nats per token with the recommended mixture and %s with the configured one: %s less (95 %% of the resamples: %s to %s). The best mixture trained is predicted at %s and was measured at %s."
            .formatted(
                Numbers.fixed(advice.recommended().objective(), 4),
                Numbers.fixed(advice.configured().objective(), 4),
                Numbers.fixed(advice.gain(), 4),
                Numbers.fixed(advice.improvement().low(), 4),
                Numbers.fixed(advice.improvement().high(), 4),
                Numbers.fixed(advice.bestTrained().objective(), 4),
                Numbers.fixed(findings.best().objective(), 4)),
        PageSection.figure(
            "Recommended shares",
            "The mean of the best thousandth of 100,000 mixtures within the shares tried."
                + " Intervals: the same by laws fitted to resampled losses; wide ones mean that"
                + " many mixtures are as good.",
            shares(findings)),
        PageSection.figure(
            "To paste",
            "Lines of mixture.weights.",
            tag("pre", String.join("\n", result.weights(size)))),
        PageSection.figure(
            "Before using it",
            "",
            tag(
                "ul",
                Html.all(
                    findings.cautions().stream()
                        .map(caution -> (Html.Node) tag("li", caution))
                        .toList()))));
  }

  private static Html.Node shares(MixtureFindings findings) {
    MixtureAdvice advice = findings.advice();
    var table =
        new Table(
            "line",
            "#counts",
            "#configured",
            "#recommended",
            "#95 % interval",
            "#tried",
            "#predicted loss, configured",
            "#recommended");
    for (int i = 0; i < findings.lines().size(); i++) {
      table.row(
          text(findings.lines().get(i)),
          text(Numbers.measure(findings.objective().get(i))),
          text(Numbers.measure(advice.configured().weights().get(i))),
          text(Numbers.measure(advice.recommended().weights().get(i))),
          text(range(advice.shares().get(i).low(), advice.shares().get(i).high())),
          text(range(findings.tried().get(i).low(), findings.tried().get(i).high())),
          text(Numbers.fixed(advice.configured().losses().get(i), 4)),
          text(Numbers.fixed(advice.recommended().losses().get(i), 4)));
    }
    return table.node();
  }

  private static String range(double low, double high) {
    return "%s to %s".formatted(Numbers.fixed(low, 3), Numbers.fixed(high, 3));
  }
}
