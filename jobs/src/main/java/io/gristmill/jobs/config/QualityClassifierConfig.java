package io.gristmill.jobs.config;

import io.gristmill.curation.quality.classifier.ClassifierConfig;
import io.gristmill.curation.source.SourceConfig;
import java.util.List;

/**
 * {@code classifier}: what train-classifier does.
 *
 * @param wanted texts such as documents should be; none where nobody trains a classifier
 * @param unwanted texts as the crawl has them
 */
public record QualityClassifierConfig(
    List<SourceConfig> wanted, List<SourceConfig> unwanted, ClassifierConfig training) {
  public QualityClassifierConfig {
    wanted = List.copyOf(wanted);
    unwanted = List.copyOf(unwanted);
  }
}
