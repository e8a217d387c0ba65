package io.gristmill.jobs.config;

import io.gristmill.curation.quality.ngram.NgramConfig;
import io.gristmill.curation.source.SourceConfig;
import java.util.List;

/**
 * {@code perplexity}: what train-perplexity does.
 *
 * @param text what the models are trained on; none where nobody trains any
 * @param measured what the percentiles are of, a crawl; none for a twentieth of {@code text}
 */
public record PerplexityConfig(
    List<SourceConfig> text, List<SourceConfig> measured, NgramConfig ngrams) {
  public PerplexityConfig {
    text = List.copyOf(text);
    measured = List.copyOf(measured);
  }
}
