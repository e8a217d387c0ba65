package io.gristmill.curation.quality;

import io.gristmill.curation.language.Language;
import io.gristmill.curation.quality.fasttext.FastTextModel;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;

/** The probability of one label. */
record FastTextScorer(String name, FastTextModel model, int label, boolean cut) implements Scorer {
  private static final String PREFIX = "__label__";

  /**
   * @throws IllegalArgumentException if the model has no such label
   */
  static FastTextScorer open(ScoreOptions options, Configuration hadoop) {
    FastTextModel model =
        LoadedModels.of(options.path("path"), hadoop, FastTextModel.class, FastTextModel::read);
    String asked = options.required("label");
    int label = model.labels().indexOf(asked.startsWith(PREFIX) ? asked : PREFIX + asked);
    if (label < 0) {
      throw options.wrong(
          "label is %s, which %s has not; it has %s"
              .formatted(
                  asked,
                  options.path("path"),
                  String.join(
                      ", ", model.labels().subList(0, Math.min(20, model.labels().size())))));
    }
    boolean cut = options.oneOf("cut", "spaces", KenLmScorer.CUTS).equals("words");
    return new FastTextScorer(options.name(), model, label, cut);
  }

  @Override
  public OptionalDouble score(String text, Language language, String url) {
    return model.probability(cut ? WordCut.spaced(text) : text, label);
  }
}
