package io.gristmill.jobs;

import io.gristmill.curation.Curation;
import io.gristmill.curation.CurationConfig;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.jobs.stage.Inputs;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** What the training of models that score documents depends on. */
final class QualityInputs {
  private QualityInputs() {}

  /** How texts are read and edited. */
  static Inputs of(Inputs inputs, CurationConfig curate, Configuration hadoop) {
    return inputs
        .configuration("lines of the profile", Curation.profile(curate, hadoop).lines())
        .value("curate.languages", String.join(" ", curate.languages()));
  }

  /** What tells whether one of the files changed. */
  static String listed(List<SourceConfig> sources, CurationConfig curate, Configuration hadoop) {
    return Curate.listed(Curation.inputs(curate.training(sources), hadoop));
  }
}
