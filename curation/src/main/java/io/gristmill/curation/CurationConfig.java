package io.gristmill.curation;

import io.gristmill.curation.decontamination.DecontaminationConfig;
import io.gristmill.curation.dedup.DuplicatesConfig;
import io.gristmill.curation.dedup.Quality;
import io.gristmill.curation.document.RejectedText;
import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.filter.Signals;
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
 * @param decontamination against which evaluation sets documents are checked, and how
 * @param duplicates what counts as a duplicate and who survives
 * @param passages which repeated parts of documents are removed
 * @param rejectedText of which rejected documents the text is stored: all, sample, none
 * @param redaction whether personal data is replaced by tokens
 */
public record CurationConfig(
    List<SourceConfig> sources,
    String profile,
    List<String> languages,
    DecontaminationConfig decontamination,
    DuplicatesConfig duplicates,
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
    Quality quality = duplicates.quality();
    if (quality.counts() && !Signals.names().contains(quality.signal())) {
      throw new IllegalArgumentException(
          "duplicates.quality.signal is %s, must be one of %s; terminal_line_share is usual"
              .formatted(quality.signal(), String.join(", ", Signals.names())));
    }
    RejectedText.named(rejectedText);
  }

  /** The usual way with some sources: web rules, every language, a sample of the rejected texts. */
  public static CurationConfig of(List<SourceConfig> sources) {
    return new CurationConfig(
        sources,
        "web",
        List.of(),
        DecontaminationConfig.none(),
        DuplicatesConfig.defaults(),
        PassageConfig.off(),
        "sample",
        true);
  }
}
