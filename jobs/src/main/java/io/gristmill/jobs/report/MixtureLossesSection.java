package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.ablation.MixtureSize;
import io.gristmill.mixing.ablation.ForetoldMixtures;
import io.gristmill.mixing.ablation.LineLaw;
import io.gristmill.mixing.ablation.Measure;
import io.gristmill.mixing.ablation.MixtureFindings;
import io.gristmill.mixing.ablation.MixtureOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The losses of one size by mixture, beside what the laws say. */
final class MixtureLossesSection {
  private static final int TALL = 260;

  private MixtureLossesSection() {}

  static PageSection of(MixtureSize size) {
    MixtureFindings findings = size.findings();
    var charts = new ArrayList<Html.Node>();
    for (int i = 0; i < findings.lines().size(); i++) {
      charts.add(
          PageSection.figure(
              findings.lines().get(i),
              "Loss in nats per token by its own share in percent, each dot a training. R² of its law: %s%s."
                  .formatted(
                      Numbers.fixed(findings.laws().get(i).rSquared(), 4),
                      findings.laws().get(i) instanceof LineLaw.Linear
                          ? ", a straight line as there are too few mixtures for a curve"
                          : ""),
              chart(size, i)));
    }
    return PageSection.of(
        "losses-" + size.name(),
        "%s by mixture".formatted(size.name()),
        "%s parameters, from %s, then %s tokens on each mixture, all measured on the same held-out text."
            .formatted(
                Numbers.count(size.parameters()), size.start(), Numbers.count(findings.tokens())),
        tag("div.columns", Html.all(charts)),
        PageSection.figure(
            "Foretold and measured",
            "The objective of mixtures that were foretold before they were trained.",
            foretold(size.checked())),
        PageSection.figure("Mixtures", "The least objective first.", mixtures(findings)));
  }

  private static Html.Node chart(MixtureSize size, int line) {
    List<Point> points =
        size.measures().stream()
            .filter(own -> own.tokens() == size.findings().tokens())
            .map(own -> point(own, line))
            .sorted(Comparator.comparingDouble(Point::x))
            .toList();
    return new LineChart(
            "loss of %s by its share".formatted(size.findings().lines().get(line)),
            "share in percent",
            List.of(new Line("loss", "hue-zh dots", points)),
            List.of(100 * size.findings().advice().recommended().weights().get(line)),
            Scale.between(0, 100, 5),
            Scale.around(points.stream().map(Point::y).toList(), 6),
            TALL)
        .node();
  }

  private static Point point(Measure own, int line) {
    return new Point(100 * own.trial().weights().get(line), own.losses().get(line));
  }

  private static Html.Node foretold(ForetoldMixtures foretold) {
    if (foretold.checked().isEmpty()) {
      return tag(
          "p.empty",
          "No mixture was foretold: ask for some with ablate.predict-mixtures to see how far the"
              + " laws can be trusted.");
    }
    var table = new Table("mixture", "#foretold", "#measured", "#off by");
    for (ForetoldMixtures.Checked own : foretold.checked()) {
      table.row(
          text(own.predicted().mixture()),
          text(Numbers.fixed(own.predicted().objective(), 4)),
          text(Numbers.fixed(own.measured().objective(), 4)),
          text(
              (own.error() < 0 ? "−" : "+")
                  + Numbers.fixed(Math.abs(100 * own.error()), 2)
                  + " %"));
    }
    return Html.all(
        table.node(),
        tag(
            "p",
            "Mean distance %s nats per token; correlation of the ranks (Spearman) %s."
                .formatted(
                    Numbers.fixed(foretold.meanAbsoluteError(), 4),
                    Numbers.fixed(foretold.ranks(), 2))));
  }

  private static Html.Node mixtures(MixtureFindings findings) {
    var table = new Table("mixture", "#objective", "#spread over seeds", "losses of the lines");
    findings.outcomes().stream()
        .sorted(Comparator.comparingDouble(MixtureOutcome::objective))
        .forEachOrdered(
            own ->
                table.row(
                    text(own.mixture()),
                    text(Numbers.fixed(own.objective(), 4)),
                    text(Numbers.fixed(own.spread(), 4)),
                    text(
                        String.join(
                            ", ",
                            own.losses().stream().map(loss -> Numbers.fixed(loss, 4)).toList()))));
    return table.node();
  }
}
