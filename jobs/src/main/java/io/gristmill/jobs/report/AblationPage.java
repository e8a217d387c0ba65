package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;
import static io.gristmill.jobs.report.ReportPage.fact;

import io.gristmill.jobs.ablation.AblationResult;
import io.gristmill.jobs.ablation.MixtureAblation;
import io.gristmill.jobs.ablation.MixtureSize;
import io.gristmill.jobs.ablation.RatioAblation;
import io.gristmill.jobs.ablation.RatioSize;
import io.gristmill.mixing.ablation.MixtureAdvice;
import io.gristmill.mixing.ablation.ToleratedRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An ablation as a page, in the dress of the run report. */
public final class AblationPage {
  private AblationPage() {}

  /** HTML that is well-formed XML too; the same result gives the same bytes. */
  public static String render(AblationResult result) {
    var sections = new ArrayList<PageSection>();
    switch (result) {
      case RatioAblation ratios -> {
        sections.add(CriticalRatioSection.of(ratios));
        for (RatioSize size : ratios.sizes()) {
          sections.add(RatioSection.of(size));
          sections.add(RatioTokensSection.of(size));
          sections.add(RatioLawSection.of(size));
        }
      }
      case MixtureAblation mixtures -> {
        for (MixtureSize size : mixtures.sizes()) {
          sections.add(MixtureAdviceSection.of(mixtures, size));
          sections.add(MixtureLossesSection.of(size));
        }
      }
    }
    sections.add(AblationTrainingsSection.of(result));
    return ReportPage.page(
        "ablation",
        result.name(),
        facts(result),
        List.of(),
        sections,
        tag(
            "footer",
            tag(
                "p",
                text("All figures are in "),
                tag("code", "ablation.json"),
                text(" beside this page."))));
  }

  private static Html.Node facts(AblationResult result) {
    var facts = new ArrayList<Html.Node>();
    String compared =
        switch (result) {
          case RatioAblation ratios -> {
            ratios.sizes().forEach(size -> facts.add(ratio(ratios, size)));
            yield "%s ratios"
                .formatted(ratios.design().ratios().size() + ratios.design().predicted().size());
          }
          case MixtureAblation mixtures -> {
            mixtures.sizes().forEach(size -> facts.add(mixture(size)));
            yield "%s mixtures"
                .formatted(mixtures.design().mixtures() + mixtures.design().predicted());
          }
        };
    facts.add(
        fact(
            Numbers.count(result.trainings()),
            "trainings",
            "%s, seeds %s"
                .formatted(
                    compared,
                    result.design().seeds().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ")))));
    facts.add(
        fact(
            Numbers.brief(result.trainedTokens()),
            "tokens trained on",
            "each training measured %d times".formatted(result.measurements())));
    facts.add(
        fact(
            Numbers.fixed(result.coreSeconds() / 3600, 2),
            "core-hours",
            "steps and measurements of all trainings"));
    return tag("ul.facts", all(facts));
  }

  private static Html.Node ratio(RatioAblation result, RatioSize size) {
    ToleratedRatio usual = CriticalRatioSection.usual(size);
    return fact(
        CriticalRatioSection.words(usual.last().ratio()),
        "largest share of %s, %s".formatted(result.design().domain(), size.name()),
        "general loss at most %s nats above before".formatted(usual.tolerance()));
  }

  private static Html.Node mixture(MixtureSize size) {
    MixtureAdvice advice = size.findings().advice();
    return fact(
        change(-advice.gain()),
        "predicted change of the objective, " + size.name(),
        "nats per token, of the recommended mixture against the configured one");
  }

  /** A colour for the n-th of a few curves. */
  static String hue(int n) {
    List<String> hues =
        List.of(
            "hue-en", "hue-zh", "hue-hant", "hue-ja", "hue-ko", "hue-yue", "hue-all", "hue-bad");
    return hues.get(n % hues.size());
  }

  /** A change with its sign. */
  static String change(double change) {
    return (change < 0 ? "−" : "+") + Numbers.fixed(Math.abs(change), 4);
  }
}
