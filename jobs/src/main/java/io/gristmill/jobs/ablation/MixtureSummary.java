package io.gristmill.jobs.ablation;

import io.gristmill.mixing.ablation.ForetoldMixtures;
import io.gristmill.mixing.ablation.LineLaw;
import io.gristmill.mixing.ablation.MixtureAdvice;
import io.gristmill.mixing.ablation.MixtureFindings;
import io.gristmill.mixing.ablation.MixtureOutcome;
import java.util.List;
import java.util.stream.Collectors;

/** What random mixtures tell of one size, as lines for a terminal. */
final class MixtureSummary {
  private MixtureSummary() {}

  static void add(MixtureAblation result, MixtureSize size, List<String> lines) {
    MixtureFindings findings = size.findings();
    lines.add(
        "%s: %,d parameters, from %s, then %,d tokens"
            .formatted(size.name(), size.parameters(), size.start(), findings.tokens()));
    lines.add("  objective    spread  losses of " + String.join(", ", findings.lines()));
    for (MixtureOutcome own : findings.outcomes()) {
      lines.add(
          "  %9.4f  %8.4f  %s  %s"
              .formatted(own.objective(), own.spread(), losses(own.losses()), own.mixture()));
    }
    for (int i = 0; i < findings.lines().size(); i++) {
      LineLaw law = findings.laws().get(i);
      lines.add(
          "  law of %s: %s, R2 %.4f"
              .formatted(
                  findings.lines().get(i),
                  law instanceof LineLaw.Curved ? "c + exp(sum t r)" : "a straight line",
                  law.rSquared()));
    }
    ForetoldMixtures checked = size.checked();
    for (ForetoldMixtures.Checked own : checked.checked()) {
      lines.add(
          "  %s: objective foretold %.4f, measured %.4f, %+.2f %%"
              .formatted(
                  own.predicted().mixture(),
                  own.predicted().objective(),
                  own.measured().objective(),
                  100 * own.error()));
    }
    if (!Double.isNaN(checked.ranks())) {
      lines.add("  order of those foretold: Spearman %.2f".formatted(checked.ranks()));
    }
    MixtureAdvice advice = findings.advice();
    lines.add(
        "  predicted objective: recommended %.4f, configured %.4f, best trained %.4f (measured %.4f)"
            .formatted(
                advice.recommended().objective(),
                advice.configured().objective(),
                advice.bestTrained().objective(),
                findings.best().objective()));
    lines.add(
        "  improvement on the configured mixture: %.4f nats per token (95 %%: %.4f to %.4f)"
            .formatted(advice.gain(), advice.improvement().low(), advice.improvement().high()));
    for (int i = 0; i < findings.lines().size(); i++) {
      lines.add(
          "  %s: share %s (95 %%: %.3f to %.3f), predicted loss %.4f"
              .formatted(
                  findings.lines().get(i),
                  advice.recommended().weights().get(i),
                  advice.shares().get(i).low(),
                  advice.shares().get(i).high(),
                  advice.recommended().losses().get(i)));
    }
    lines.add("  recommended mixture.weights:");
    result.weights(size).forEach(own -> lines.add("    " + own));
    findings.cautions().forEach(caution -> lines.add("  ! " + caution));
  }

  private static String losses(List<Double> losses) {
    return losses.stream().map("%.4f"::formatted).collect(Collectors.joining(" "));
  }
}
