package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.report.data.History;
import io.gristmill.jobs.report.data.History.Refused;
import java.util.List;

/** The batches that no update was made by, with all their documents. */
final class SpikesTable {
  private SpikesTable() {}

  /** Nothing where no batch was refused. */
  static Html.Node of(History history) {
    if (history.refused().isEmpty()) {
      return all();
    }
    var table =
        new Table(
            "#step",
            "#batch",
            "what was done",
            "#loss",
            "#deviations above",
            "#gradient norm",
            "#deviations above",
            "documents");
    for (Refused batch : history.refused()) {
      table.row(
          text(Numbers.count(batch.step())),
          text(Numbers.count(batch.batch())),
          text(done(batch)),
          text(Numbers.fixed(batch.loss(), 3)),
          text(Numbers.fixed(batch.lossScore(), 1)),
          text(Numbers.measure(batch.gradientNorm())),
          text(Numbers.fixed(batch.normScore(), 1)),
          documents(batch.documents()));
    }
    return PageSection.figure(
        "Batches that were refused",
        "spikes, and what stood between a checkpoint and one",
        table.node());
  }

  /** A sentence for the lede; empty where there is nothing to say. */
  static String summary(History history) {
    if (history.refused().isEmpty()) {
      return "";
    }
    return " Of its batches %s made no update: %s steps were skipped, %s batches replaced by others, %s of these after the training went back to a checkpoint."
        .formatted(
            Numbers.count(history.refused().size()),
            Numbers.count(count(history, "skip")),
            Numbers.count(count(history, "replace") + count(history, "roll-back")),
            Numbers.count(count(history, "roll-back")));
  }

  private static long count(History history, String action) {
    return history.refused().stream().filter(batch -> batch.action().equals(action)).count();
  }

  private static String done(Refused batch) {
    String instead = "batch %s in its place".formatted(Numbers.count(batch.replacement()));
    return switch (batch.action()) {
      case "skip" -> "step skipped";
      case "replace" -> instead;
      case "roll-back" -> "gone back, " + instead;
      default -> PageSection.words(batch.action());
    };
  }

  private static Html.Node documents(List<String> ids) {
    return tag(
        "details",
        tag("summary", Numbers.count(ids.size())),
        tag("small", tag("code", String.join(" ", ids))));
  }
}
