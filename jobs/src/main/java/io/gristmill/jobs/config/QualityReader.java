package io.gristmill.jobs.config;

import io.gristmill.curation.quality.classifier.ClassifierConfig;
import io.gristmill.curation.quality.ngram.NgramConfig;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.yaml.Section;
import java.util.List;

/** Reads {@code perplexity} and {@code classifier}: the training of models that score documents. */
final class QualityReader {
  private QualityReader() {}

  static PerplexityConfig perplexity(Section section) {
    List<SourceConfig> text = sources(section, "text");
    List<SourceConfig> measured = sources(section, "percentiles-of");
    NgramConfig usual = NgramConfig.defaults();
    List<Integer> minCounts = section.numbers("min-counts").stream().map(Double::intValue).toList();
    NgramConfig ngrams =
        section
            .build(
                () ->
                    new NgramConfig(
                        section.wholeNumber("order", usual.order()),
                        minCounts.isEmpty() ? usual.minCounts() : minCounts))
            .orElse(usual);
    return new PerplexityConfig(text, measured, ngrams);
  }

  static QualityClassifierConfig classifier(Section section) {
    List<SourceConfig> wanted = sources(section, "wanted");
    List<SourceConfig> unwanted = sources(section, "unwanted");
    ClassifierConfig usual = ClassifierConfig.defaults();
    ClassifierConfig training =
        section
            .build(
                () ->
                    new ClassifierConfig(
                        section.wholeNumber("bits", usual.bits()),
                        section.number("regularisation", usual.regularisation()),
                        section.wholeNumber("steps", usual.steps())))
            .orElse(usual);
    return new QualityClassifierConfig(wanted, unwanted, training);
  }

  private static List<SourceConfig> sources(Section section, String key) {
    return section.sections(key).stream().map(CurationReader::source).toList();
  }
}
