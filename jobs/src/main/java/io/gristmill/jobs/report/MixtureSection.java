package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.report.BarChart.Bar;
import io.gristmill.jobs.report.BarChart.Segment;
import io.gristmill.jobs.report.data.Blend;
import io.gristmill.jobs.report.data.Blend.Component;
import io.gristmill.jobs.report.data.History;
import io.gristmill.mixing.law.scaling.RepeatedData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** The mixture as it was asked for and as it came out, and how often each part was repeated. */
final class MixtureSection {
  private static final int TALL = 200;

  private MixtureSection() {}

  static PageSection of(Blend blend, History history) {
    String title = "Mixture";
    if (blend.isEmpty()) {
      return PageSection.missing("mixture", title, "Not in this run: no mixture.json.");
    }
    return PageSection.of(
        "mixture",
        title,
        lede(blend),
        tag(
            "div.columns",
            PageSection.figure(
                "Share of the training tokens", "bar obtained, line asked", shares(blend).node()),
            PageSection.figure(
                "Epochs",
                Double.isFinite(blend.maxEpochs())
                    ? caps(blend)
                    : "how often each part is repeated",
                epochs(blend).node())),
        table(blend),
        entropies(blend),
        phases(blend),
        changes(history),
        blend.unused().isEmpty()
            ? all()
            : tag("p.more", "Not used by any part: " + String.join(", ", blend.unused()) + "."));
  }

  private static String lede(Blend blend) {
    String tokens = Numbers.brief(blend.tokens()) + " tokens";
    String sequences =
        blend.sequenceLength() == 0
            ? ""
            : " in sequences of " + Numbers.count(blend.sequenceLength());
    String asked =
        blend.askedTokens() > blend.tokens()
            ? ", fewer than the %s asked for, so that no part exceeds the cap on epochs"
                .formatted(Numbers.brief(blend.askedTokens()))
            : "";
    double worst =
        blend.components().stream()
            .mapToDouble(component -> Math.abs(blend.obtained(component) - component.asked()))
            .filter(Double::isFinite)
            .max()
            .orElse(Double.NaN);
    String deviation =
        Double.isNaN(worst)
            ? ""
            : worst < 5e-5
                ? " The shares obtained are the shares asked."
                : " The shares obtained differ from those asked by at most %s percentage points."
                    .formatted(Numbers.measure(100 * worst));
    return "The training takes " + tokens + sequences + asked + "." + deviation;
  }

  private static String caps(Blend blend) {
    boolean same = blend.components().stream().allMatch(c -> c.maxEpochs() == blend.maxEpochs());
    return same ? "line: the cap of " + Numbers.measure(blend.maxEpochs()) : "line: the cap";
  }

  private static Html.Node name(Component component) {
    return component.domain().equals("*")
        ? PageSection.language(component.language())
        : PageSection.group(component.domain(), component.language());
  }

  /** The same where only text fits. */
  private static String heading(Component component) {
    String language = Languages.name(component.language());
    return component.domain().equals("*") ? language : component.domain() + " · " + language;
  }

  private static BarChart shares(Blend blend) {
    List<Bar> bars =
        blend.components().stream()
            .map(
                component ->
                    new Bar(
                        name(component),
                        List.of(
                            new Segment(
                                blend.obtained(component),
                                Languages.hue(component.language()),
                                Numbers.percent(blend.obtained(component)) + " obtained")),
                        List.of(component.asked()),
                        all(
                            tag("b", Numbers.percent(blend.obtained(component))),
                            text(" "),
                            tag("small", "of " + Numbers.percent(component.asked()) + " asked"))))
            .toList();
    double longest =
        blend.components().stream()
            .flatMapToDouble(c -> DoubleStream.of(c.asked(), blend.obtained(c)))
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    return new BarChart("shares obtained and asked", bars, longest * 1.02);
  }

  private static BarChart epochs(Blend blend) {
    List<Bar> bars =
        blend.components().stream()
            .map(
                component ->
                    new Bar(
                        name(component),
                        List.of(
                            new Segment(
                                component.epochs(),
                                Languages.hue(component.language()),
                                Numbers.measure(component.epochs()) + " epochs")),
                        List.of(component.maxEpochs()),
                        all(
                            tag("b", Numbers.fixed(component.epochs(), 2)),
                            text(" "),
                            tag("small", "epochs"))))
            .toList();
    double longest =
        DoubleStream.concat(
                blend.components().stream().mapToDouble(Component::maxEpochs),
                blend.components().stream().mapToDouble(Component::epochs))
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    return new BarChart("epochs", bars, longest * 1.02);
  }

  private static Html.Node table(Blend blend) {
    var table =
        new Table(
            "part",
            "#asked",
            "#obtained",
            "#sequences",
            "#tokens trained",
            "#tokens there are",
            "#epochs",
            "#worth in new text",
            "#one more epoch");
    RepeatedData law = RepeatedData.published();
    for (Component component : blend.components()) {
      table.row(
          name(component),
          text(Numbers.percent(component.asked())),
          text(Numbers.percent(blend.obtained(component))),
          text(Numbers.count(component.sequences())),
          text(Numbers.count(component.sequences() * blend.sequenceLength())),
          text(Numbers.count(component.availableTokens())),
          text(Numbers.fixed(component.epochs(), 2)),
          text(Numbers.fixed(law.uniqueEquivalent(component.epochs()), 2)),
          text(Numbers.fixed(law.nextEpoch(component.epochs()), 2)));
    }
    return table.node();
  }

  /** How the weights came about, where entropies gave them. */
  private static Html.Node entropies(Blend blend) {
    if (blend.entropies().isEmpty()) {
      return all();
    }
    var table =
        new Table(
            "weights by entropy",
            "#entropy, nats per token",
            "#too low by at least",
            "#tokens measured",
            "#weight");
    for (Blend.Entropy entropy : blend.entropies()) {
      table.row(
          tag("bdi", entropy.line()),
          text(Numbers.fixed(entropy.nats(), 3)),
          text(Numbers.fixed(entropy.bias(), 2)),
          text(Numbers.count(entropy.tokens())),
          text(Numbers.percent(entropy.weight())));
    }
    return table.node();
  }

  /** The share of each part in each phase, where the ratio changes during the run. */
  private static Html.Node phases(Blend blend) {
    if (blend.phases().isEmpty()) {
      return all();
    }
    var columns = new ArrayList<String>(List.of("phase", "#of the run", "#tokens"));
    blend.components().forEach(part -> columns.add("#" + heading(part)));
    var table = new Table(columns.toArray(String[]::new));
    for (int p = 0; p < blend.phases().size(); p++) {
      Blend.Phase phase = blend.phases().get(p);
      var cells = new ArrayList<Html.Node>();
      cells.add(text("phase " + (p + 1)));
      cells.add(text(Numbers.percent(phase.share())));
      cells.add(text(Numbers.count(phase.sequences() * blend.sequenceLength())));
      for (Component part : blend.components()) {
        cells.add(text(Numbers.percent(part.obtained(p, phase))));
      }
      table.row("tr", cells);
    }
    return table.node();
  }

  /** The shares over the steps, where the training changed them as it went. */
  private static Html.Node changes(History history) {
    if (history.changes().isEmpty()) {
      return all();
    }
    List<History.Weight> parts = history.changes().getLast().weights();
    var lines = new ArrayList<Line>();
    var swatches = new ArrayList<PageSection.Swatch>();
    for (int i = 0; i < parts.size(); i++) {
      String name = parts.get(i).domain() + "/" + parts.get(i).language();
      String hue = AblationPage.hue(i);
      lines.add(new Line(name, hue, steps(history, i)));
      swatches.add(
          new PageSection.Swatch(
              "line",
              hue,
              "%s, on average %s".formatted(name, Numbers.percent(parts.get(i).average()))));
    }
    List<Double> values =
        DoubleStream.concat(
                DoubleStream.of(0),
                lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::y))
            .boxed()
            .toList();
    return PageSection.figure(
        "Online mixing",
        "share of the sequences, over the steps",
        PageSection.legend(swatches),
        new LineChart(
                "shares of the parts over the steps",
                "step",
                lines,
                history.resumes().stream().map(Long::doubleValue).toList(),
                TrainingSection.steps(history),
                Scale.around(values, 5),
                TALL)
            .node());
  }

  /** A share holds until the next change. */
  private static List<Point> steps(History history, int part) {
    var points = new ArrayList<Point>();
    List<History.Change> changes = history.changes();
    for (int c = 0; c < changes.size(); c++) {
      long until =
          c + 1 < changes.size() ? changes.get(c + 1).step() : TrainingSection.lastStep(history);
      double share =
          part < changes.get(c).weights().size()
              ? changes.get(c).weights().get(part).share()
              : Double.NaN;
      points.add(new Point((double) changes.get(c).step(), share));
      points.add(new Point((double) Math.max(until, changes.get(c).step()), share));
    }
    return points;
  }
}
