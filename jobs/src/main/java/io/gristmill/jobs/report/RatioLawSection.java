package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.ablation.RatioSize;
import io.gristmill.mixing.ablation.LawOutcome;
import io.gristmill.mixing.ablation.Losses;
import io.gristmill.mixing.ablation.Prediction;
import io.gristmill.mixing.ablation.RatioFindings;
import io.gristmill.mixing.ablation.RatioOutcome;
import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Interval;
import java.util.ArrayList;
import java.util.List;

/** The laws of one size: their parameters, and how well they tell what was measured. */
final class RatioLawSection {
  private RatioLawSection() {}

  static PageSection of(RatioSize size) {
    RatioFindings findings = size.findings();
    return PageSection.of(
        "laws-" + size.name(),
        "%s laws".formatted(size.name()),
        lede(size),
        PageSection.figure(
            "Predicted against measured",
            "Losses at the end in nats per token. Foretold: from the laws of the other ratios,"
                + " before it was trained.",
            predictions(size)),
        PageSection.figure(
            "Parameters",
            "In brackets 95 % intervals. An exponent that is not determined means nothing, though"
                + " the curve may fit.",
            parameters(findings)));
  }

  private static String lede(RatioSize size) {
    List<Prediction> foretold = size.findings().predictions();
    double worst = 0;
    for (Prediction own : foretold) {
      List<Losses> measured = size.foretoldLosses(own.ratio());
      if (!measured.isEmpty()) {
        Losses error = own.error(RatioSize.mean(measured));
        worst = Math.max(worst, Math.max(Math.abs(error.general()), Math.abs(error.domain())));
      }
    }
    return foretold.isEmpty()
        ? "No ratio was foretold: name one between the others under ablate.predict to see how far"
            + " the laws can be trusted."
        : "What was foretold before it was trained is at most %s %% off."
            .formatted(Numbers.fixed(100 * worst, 2));
  }

  private static Html.Node predictions(RatioSize size) {
    RatioFindings findings = size.findings();
    var table =
        new Table(
            "ratio",
            "#general, law",
            "#measured",
            "#off by",
            "#domain, law",
            "#measured",
            "#off by",
            "");
    if (!(findings.general() instanceof LawOutcome.Fitted general
        && findings.domain() instanceof LawOutcome.Fitted domain)) {
      return tag("p.empty", "No laws, so no predictions.");
    }
    for (RatioOutcome own : findings.outcomes()) {
      if (general.fit().range("ratio").contains(own.ratio())) {
        Losses measured =
            new Losses(
                own.change().general() + findings.before().general(),
                own.change().domain() + findings.before().domain());
        row(
            table,
            new Prediction(
                own.ratio(),
                new Losses(general.fit().predict(own.ratio()), domain.fit().predict(own.ratio()))),
            measured,
            "fitted to");
      }
    }
    for (Prediction own : findings.predictions()) {
      List<Losses> measured = size.foretoldLosses(own.ratio());
      if (!measured.isEmpty()) {
        row(table, own, RatioSize.mean(measured), "foretold");
      }
    }
    return table.node();
  }

  private static void row(Table table, Prediction own, Losses measured, String how) {
    Losses error = own.error(measured);
    table.row(
        text(Numbers.measure(own.ratio())),
        text(Numbers.fixed(own.losses().general(), 4)),
        text(Numbers.fixed(measured.general(), 4)),
        text(percent(error.general())),
        text(Numbers.fixed(own.losses().domain(), 4)),
        text(Numbers.fixed(measured.domain(), 4)),
        text(percent(error.domain())),
        text(how));
  }

  private static String percent(double error) {
    return (error < 0 ? "−" : "+") + Numbers.fixed(Math.abs(100 * error), 2) + " %";
  }

  private static Html.Node parameters(RatioFindings findings) {
    var table = new Table("law", "of", "parameters", "#R²", "not determined");
    law(table, "general loss over ratios", findings.general());
    law(table, "domain loss over ratios", findings.domain());
    findings
        .turns()
        .forEach(
            turn -> {
              String at = " over tokens, R " + Numbers.measure(turn.ratio());
              law(table, "general loss" + at, turn.general());
              law(table, "domain loss" + at, turn.domain());
            });
    findings
        .tolerated()
        .forEach(
            own ->
                law(
                    table,
                    "share for a tolerance of %s over tokens".formatted(own.tolerance()),
                    own.overTokens()));
    return table.node();
  }

  private static void law(Table table, String of, LawOutcome outcome) {
    switch (outcome) {
      case LawOutcome.Refused refused ->
          table.row(text("none"), text(of), text(refused.why()), text(""), text(""));
      case LawOutcome.Fitted law -> {
        Fit fit = law.fit();
        var words = new ArrayList<Html.Node>();
        for (int i = 0; i < fit.values().length; i++) {
          Interval interval = law.intervals().get(i);
          words.add(
              text(
                  "%s%s %s [%s, %s]"
                      .formatted(
                          i == 0 ? "" : ", ",
                          fit.law().parameters().get(i).name(),
                          Numbers.measure(fit.values()[i]),
                          Numbers.measure(interval.low()),
                          Numbers.measure(interval.high()))));
        }
        table.row(
            text(fit.law().name()),
            text(of),
            all(words),
            text(Numbers.fixed(fit.rSquared(), 4)),
            text(String.join(", ", law.undetermined())));
      }
    }
  }
}
