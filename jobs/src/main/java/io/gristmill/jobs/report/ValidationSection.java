package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.report.PageSection.Swatch;
import io.gristmill.jobs.report.data.History;
import io.gristmill.jobs.report.data.History.Validation;
import io.gristmill.jobs.report.data.Scores;
import io.gristmill.jobs.report.data.Scores.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * The loss on held-out documents over the steps: a small chart for each domain and language, all on
 * the same axes, each with its bigram model as a dashed line.
 */
final class ValidationSection {
  private static final int MOST_CHARTS = 12;
  private static final int HEIGHT = 180;

  private ValidationSection() {}

  /**
   * @param bigram nats per token, NaN where it was not evaluated
   */
  private record Group(
      String domain, String language, List<Validation> validations, double bigram) {
    Validation best() {
      return validations.stream()
          .min(Comparator.comparingDouble(Validation::natsPerToken))
          .orElseThrow();
    }
  }

  static PageSection of(History history, Scores scores) {
    String title = "Validation";
    List<Group> groups = groups(history, scores);
    if (groups.isEmpty()) {
      return PageSection.missing(
          "validation", title, "Not in this run: no validation in metrics.jsonl.");
    }
    Scale y =
        Scale.around(
            groups.stream()
                .flatMap(
                    group ->
                        DoubleStream.concat(
                                DoubleStream.of(group.bigram()),
                                group.validations().stream().mapToDouble(Validation::natsPerToken))
                            .boxed())
                .toList(),
            4);
    Scale x = TrainingSection.steps(history);
    return PageSection.of(
        "validation",
        title,
        lede(groups),
        PageSection.legend(legend(groups)),
        tag(
            "div.columns",
            all(
                groups.stream()
                    .limit(MOST_CHARTS)
                    .map(group -> chart(group, history, x, y))
                    .toList())),
        groups.size() > MOST_CHARTS
            ? tag("p.more", "and %d more groups".formatted(groups.size() - MOST_CHARTS))
            : all());
  }

  private static List<Group> groups(History history, Scores scores) {
    var byGroup = new TreeMap<String, List<Validation>>();
    for (Validation validation : history.validations()) {
      if (Scale.drawable(validation.natsPerToken())) {
        byGroup
            .computeIfAbsent(
                validation.language() + "/" + validation.domain(), key -> new ArrayList<>())
            .add(validation);
      }
    }
    return byGroup.values().stream()
        .map(
            validations -> {
              String domain = validations.getFirst().domain();
              String language = validations.getFirst().language();
              return new Group(domain, language, validations, bigram(scores, domain, language));
            })
        .toList();
  }

  private static double bigram(Scores scores, String domain, String language) {
    List<Score> candidates = domain.isEmpty() ? scores.languages() : scores.groups();
    return candidates.stream()
        .filter(score -> score.domain().equals(domain) && score.language().equals(language))
        .mapToDouble(score -> score.bigram().natsPerToken())
        .findFirst()
        .orElse(Double.NaN);
  }

  private static String lede(List<Group> groups) {
    long compared = groups.stream().filter(group -> Double.isFinite(group.bigram())).count();
    long below =
        groups.stream().filter(group -> group.best().natsPerToken() < group.bigram()).count();
    String loss = "Loss on documents that were held out, nats per token, all on the same axes.";
    return compared == 0
        ? loss + " No bigram model was evaluated to compare with."
        : loss
            + " The best loss is below the bigram model's in %d of %d groups."
                .formatted(below, compared);
  }

  private static List<Swatch> legend(List<Group> groups) {
    var swatches = new ArrayList<Swatch>();
    for (Group group : groups) {
      swatches.add(
          new Swatch("line", Languages.hue(group.language()), Languages.name(group.language())));
    }
    if (groups.stream().anyMatch(group -> Double.isFinite(group.bigram()))) {
      swatches.add(new Swatch("line", "hue-all dashed", "Witten-Bell bigram model"));
    }
    return swatches.stream().distinct().toList();
  }

  private static Html.Node chart(Group group, History history, Scale x, Scale y) {
    String hue = Languages.hue(group.language());
    List<Point> points =
        group.validations().stream()
            .map(validation -> new Point((double) validation.step(), validation.natsPerToken()))
            .toList();
    var chart =
        new LineChart(
            "validation loss of %s in %s"
                .formatted(group.domain(), Languages.name(group.language())),
            "step",
            List.of(
                Line.level("bigram", hue + " dashed", x, group.bigram()),
                new Line("model", hue, points)),
            history.resumes().stream().map(Long::doubleValue).toList(),
            x,
            y,
            HEIGHT);
    return tag(
        "figure",
        tag("figcaption", tag("b", PageSection.group(group.domain(), group.language()))),
        tag("p.score", verdict(group)),
        chart.node());
  }

  private static Html.Node verdict(Group group) {
    Validation best = group.best();
    var model =
        all(
            text("best "),
            tag("b", Numbers.fixed(best.natsPerToken(), 3)),
            text(" at step " + Numbers.count(best.step())));
    return Double.isFinite(group.bigram())
        ? all(
            model,
            text(", bigram "),
            tag("b", Numbers.fixed(group.bigram(), 3)),
            text(best.natsPerToken() < group.bigram() ? ": beaten" : ": not beaten"))
        : model;
  }
}
