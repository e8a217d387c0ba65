package io.gristmill.curation;

import io.gristmill.curation.dedup.MinHashConfig;
import io.gristmill.curation.document.RejectedText;
import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.language.AcceptedLanguage;
import io.gristmill.curation.passage.PassageConfig;
import io.gristmill.curation.source.SourceConfig;
import java.io.Serializable;
import java.util.List;

/**
 * From sources to documents.
 *
 * @param sources the inputs
 * @param profile name of the rules that decide, see {@link Profile#names}
 * @param languages accepted languages (BCP 47); none accepts all
 * @param minhash how duplicates are found
 * @param passages which repeated parts of documents are removed
 * @param rejectedText of which rejected documents the text is stored: all, sample, none
 * @param redaction whether personal data is replaced by tokens
 */
public record CurationConfig(
    List<SourceConfig> sources,
    String profile,
    List<String> languages,
    MinHashConfig minhash,
    PassageConfig passages,
    String rejectedText,
    boolean redaction)
    implements Serializable {
  public CurationConfig {
    sources = List.copyOf(sources);
    languages = List.copyOf(languages);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException(
          "sources is empty, must name at least one input; a path such as s3a://bucket/crawl/*.warc.gz is usual");
    }
    languages.forEach(AcceptedLanguage::check);
    Profile.named(profile);
    RejectedText.named(rejectedText);
  }

  /** The usual way with some sources: web rules, every language, a sample of the rejected texts. */
  public static CurationConfig of(List<SourceConfig> sources) {
    return new CurationConfig(
        sources, "web", List.of(), MinHashConfig.defaults(), PassageConfig.off(), "sample", true);
  }
}
