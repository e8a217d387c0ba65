package io.gristmill.jobs.ablation;

import io.gristmill.mixing.ablation.LawOutcome;
import io.gristmill.mixing.ablation.Losses;
import io.gristmill.mixing.ablation.Prediction;
import io.gristmill.mixing.ablation.RatioAnswer;
import io.gristmill.mixing.ablation.RatioFindings;
import io.gristmill.mixing.ablation.RatioOutcome;
import io.gristmill.mixing.ablation.ToleratedRatio;
import io.gristmill.mixing.law.ratio.CriticalRatio;
import java.util.ArrayList;
import java.util.List;

/** The answer of an ablation as lines for a terminal. */
final class AblationSummary {
  private AblationSummary() {}

  static List<String> lines(AblationResult result) {
    var lines = new ArrayList<String>();
    switch (result) {
      case RatioAblation ratios -> {
        for (RatioSize size : ratios.sizes()) {
          size(size, lines);
          lines.add("");
        }
        if (ratios.sizeLaw() instanceof LawOutcome.Refused refused) {
          lines.add("law of the size: " + refused.why());
        }
      }
      case MixtureAblation mixtures -> {
        for (MixtureSize size : mixtures.sizes()) {
          MixtureSummary.add(mixtures, size, lines);
          lines.add("");
        }
      }
    }
    lines.add(
        "%d trainings of together %,d tokens took %.2f core-hours"
            .formatted(result.trainings(), result.trainedTokens(), result.coreSeconds() / 3600));
    return lines;
  }

  private static void size(RatioSize size, List<String> lines) {
    RatioFindings findings = size.findings();
    lines.add(
        "%s: %,d parameters, from %s, then %,d tokens; held out %,d general and %,d domain tokens"
            .formatted(
                size.name(),
                size.parameters(),
                size.start(),
                findings.tokens(),
                size.heldOutGeneral(),
                size.heldOutDomain()));
    lines.add(
        "  before: general %.4f, domain %.4f nats per token"
            .formatted(findings.before().general(), findings.before().domain()));
    lines.add("       R   general    spread    domain    spread  (change of the loss since)");
    for (RatioOutcome own : findings.outcomes()) {
      lines.add(
          "%8s  %+8.4f  %8.4f  %+8.4f  %8.4f%s"
              .formatted(
                  own.ratio(),
                  own.change().general(),
                  own.spread().general(),
                  own.change().domain(),
                  own.spread().domain(),
                  own.onFront() ? "" : "  another ratio is better in both"));
    }
    for (ToleratedRatio own : findings.tolerated()) {
      RatioAnswer last = own.last();
      lines.add(
          "  tolerance %s: %s%s; without a law %s"
              .formatted(
                  own.tolerance(),
                  words(last.ratio()),
                  last.found() > 0
                      ? " (95 %%: %.3f to %.3f)"
                          .formatted(last.interval().low(), last.interval().high())
                      : "",
                  words(last.interpolated())));
    }
    for (Prediction own : findings.predictions()) {
      List<Losses> measured = size.foretoldLosses(own.ratio());
      if (!measured.isEmpty()) {
        Losses mean = RatioSize.mean(measured);
        Losses error = own.error(mean);
        lines.add(
            "  foretold R %s: general %.4f (measured %.4f, %+.2f %%), domain %.4f (measured %.4f, %+.2f %%)"
                .formatted(
                    own.ratio(),
                    own.losses().general(),
                    mean.general(),
                    100 * error.general(),
                    own.losses().domain(),
                    mean.domain(),
                    100 * error.domain()));
      }
    }
    findings.cautions().forEach(caution -> lines.add("  ! " + caution));
  }

  /** The answer in words. */
  static String words(CriticalRatio ratio) {
    return switch (ratio) {
      case CriticalRatio.Found found -> "R at most %.3f".formatted(found.ratio());
      case CriticalRatio.Between between ->
          "R at most between %s and %s".formatted(between.feasible(), between.infeasible());
      case CriticalRatio.AllFeasible all ->
          "every ratio tried is feasible, up to %s: there is no critical one"
              .formatted(all.largest());
      case CriticalRatio.NoneFeasible none ->
          "no ratio tried is feasible, from %s on: there is no critical one"
              .formatted(none.smallest());
    };
  }
}
