package io.gristmill.curation.quality;

import io.gristmill.curation.language.Language;
import io.gristmill.curation.quality.classifier.ClassifierModel;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;

/** The probability that our classifier gives. */
record ClassifierScorer(String name, ClassifierModel.Scoring scoring) implements Scorer {
  static ClassifierScorer open(ScoreOptions options, Configuration hadoop) {
    ClassifierModel model =
        LoadedModels.of(options.path("path"), hadoop, ClassifierModel.class, ClassifierModel::read);
    return new ClassifierScorer(options.name(), model.scoring());
  }

  @Override
  public OptionalDouble score(String text, Language language, String url) {
    return scoring.probability(text);
  }
}
