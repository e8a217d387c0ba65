package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.report.data.Scores;
import io.gristmill.jobs.report.data.Scores.Score;
import java.util.List;

/** The model against the bigram model on held-out text, in both units, and who wins. */
final class EvaluationSection {
  private EvaluationSection() {}

  static PageSection of(Scores scores) {
    String title = "Evaluation";
    if (scores.isEmpty()) {
      return PageSection.missing("evaluation", title, "Not in this run: no evaluation.json.");
    }
    var table =
        new Table(
            "held-out text",
            "#tokens",
            "#model nats/token",
            "#bigram nats/token",
            "#model bits/byte",
            "#bigram bits/byte",
            "who predicts better");
    scores.languages().forEach(score -> table.row("tr", cells(score)));
    scores.groups().forEach(score -> table.row("tr.part", cells(score)));
    return PageSection.of("evaluation", title, lede(scores), table.node());
  }

  private static String lede(Scores scores) {
    List<Score> compared = scores.languages().stream().filter(Score::comparable).toList();
    long below = compared.stream().filter(Score::belowBigram).count();
    String verdict =
        compared.isEmpty()
            ? ""
            : below == compared.size()
                ? " In every language it predicts held-out text better than the bigram model."
                : " It predicts held-out text better than the bigram model in %d of %d languages."
                    .formatted(below, compared.size());
    String checkpoint =
        scores.checkpoint().isEmpty() ? "The model" : "Checkpoint " + scores.checkpoint();
    return checkpoint
        + " against an interpolated (Witten-Bell) bigram model of the same training tokens."
        + verdict;
  }

  private static List<Html.Node> cells(Score score) {
    return List.of(
        PageSection.group(score.domain(), score.language()),
        text(Numbers.count(score.tokens())),
        better(score.model().natsPerToken(), score.bigram().natsPerToken()),
        better(score.bigram().natsPerToken(), score.model().natsPerToken()),
        better(score.model().bitsPerByte(), score.bigram().bitsPerByte()),
        better(score.bigram().bitsPerByte(), score.model().bitsPerByte()),
        winner(score));
  }

  /** The loss, bold where it is the lower one. */
  private static Html.Node better(double loss, double other) {
    String number = Numbers.fixed(loss, 3);
    return loss < other ? tag("b", number) : text(number);
  }

  private static Html.Node winner(Score score) {
    if (!score.comparable()) {
      return text(Numbers.ABSENT);
    }
    double difference = score.bigram().natsPerToken() - score.model().natsPerToken();
    return all(
        tag(difference > 0 ? "b.good" : "b.bad", difference > 0 ? "model" : "bigram"),
        text(" by %s nats".formatted(Numbers.fixed(Math.abs(difference), 3))));
  }
}
