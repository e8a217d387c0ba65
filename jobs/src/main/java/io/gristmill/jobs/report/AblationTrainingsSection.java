package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.ablation.AblationResult;
import io.gristmill.jobs.ablation.SizeResult;

/** What the ablation cost, and where its models lie. */
final class AblationTrainingsSection {
  private static final int SHOWN_OF_HASH = 12;

  private AblationTrainingsSection() {}

  static PageSection of(AblationResult result) {
    var table = new Table("training", "#tokens", "#core-seconds", "SHA-256 of the model");
    for (SizeResult size : result.sizes()) {
      for (SizeResult.Finished own : size.trainings()) {
        table.row(
            text(own.label()),
            text(Numbers.count(own.tokens())),
            text(Numbers.fixed(own.coreSeconds(), 1)),
            tag("code", own.modelSha256().substring(0, SHOWN_OF_HASH)));
      }
    }
    return PageSection.of(
        "trainings",
        "Trainings",
        "%s trainings took %s core-hours. Each is a run of its own in ablation-trainings/, with its checkpoint, its log and its mixture."
            .formatted(
                Numbers.count(result.trainings()), Numbers.fixed(result.coreSeconds() / 3600, 2)),
        table.node());
  }
}
