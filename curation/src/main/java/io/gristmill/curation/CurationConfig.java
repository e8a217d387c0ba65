package io.gristmill.curation;

import io.gristmill.curation.decontamination.DecontaminationConfig;
import io.gristmill.curation.dedup.DuplicatesConfig;
import io.gristmill.curation.dedup.Quality;
import io.gristmill.curation.document.RejectedText;
import io.gristmill.curation.filter.Profiles;
import io.gristmill.curation.filter.Signals;
import io.gristmill.curation.language.AcceptedLanguages;
import io.gristmill.curation.passage.PassageConfig;
import io.gristmill.curation.privacy.RedactionConfig;
import io.gristmill.curation.quality.ScoreConfig;
import io.gristmill.curation.source.SourceConfig;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * From sources to documents.
 *
 * @param sources the inputs
 * @param profile name or path of the rules that decide, see {@link Profiles}
 * @param languages accepted languages (BCP 47); none accepts all
 * @param scores what models and expressions say of documents, beside the signals
 * @param lineSignals whether the lines of documents are measured one by one, see {@link
 *     io.gristmill.curation.filter.LineSignals}
 * @param decontamination against which evaluation sets documents are checked, and how
 * @param duplicates what counts as a duplicate and who survives
 * @param passages which repeated parts of documents are removed
 * @param rejectedText of which rejected documents the text is stored: all, sample, none
 * @param redaction which personal data is replaced by tokens
 * @param removals file of ids and URLs of documents that were asked to be taken down; empty for
 *     none
 * @param perHost how many documents of one site stay, see {@link SiteCap}; 0 for any number
 */
public record CurationConfig(
    List<SourceConfig> sources,
    String profile,
    List<String> languages,
    List<ScoreConfig> scores,
    boolean lineSignals,
    DecontaminationConfig decontamination,
    DuplicatesConfig duplicates,
    PassageConfig passages,
    String rejectedText,
    RedactionConfig redaction,
    String removals,
    int perHost)
    implements Serializable {
  public CurationConfig {
    sources = List.copyOf(sources);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException(
          "sources is empty, must name at least one input; a path such as s3a://bucket/crawl/*.warc.gz is usual");
    }
    var accepted = new AcceptedLanguages(languages);
    languages = accepted.tags();
    Profiles.check(profile);
    scores = List.copyOf(scores);
    checkNames(scores);
    Quality quality = duplicates.quality();
    if (quality.counts()
        && !Signals.names().contains(quality.signal())
        && !names(scores).contains(quality.signal())) {
      throw new IllegalArgumentException(
          "duplicates.quality.signal is %s, must be one of %s, or of the scores; terminal_line_share is usual"
              .formatted(quality.signal(), String.join(", ", Signals.names())));
    }
    RejectedText.named(rejectedText);
    if (perHost < 0) {
      throw new IllegalArgumentException(
          "per-host is %d, must be the most documents of one site, or 0 for any number"
              .formatted(perHost));
    }
  }

  /**
   * The usual way with some sources: our own rules, every language, a sample of the rejected texts.
   */
  public static CurationConfig of(List<SourceConfig> sources) {
    return new CurationConfig(
        sources,
        "gristmill",
        List.of(),
        List.of(),
        false,
        DecontaminationConfig.none(),
        DuplicatesConfig.defaults(),
        PassageConfig.off(),
        "sample",
        RedactionConfig.all(),
        "",
        0);
  }

  /** The same way with texts that models are trained on: other sources, no scores, as they are. */
  public CurationConfig training(List<SourceConfig> texts) {
    return new CurationConfig(
        texts,
        profile,
        languages,
        List.of(),
        false,
        decontamination,
        DuplicatesConfig.defaults(),
        passages,
        rejectedText,
        RedactionConfig.none(),
        "",
        0);
  }

  /** The names of the scores, which rules may read beside the signals. */
  public Set<String> scoreNames() {
    return names(scores);
  }

  private static Set<String> names(List<ScoreConfig> scores) {
    var names = new TreeSet<String>();
    scores.forEach(score -> names.add(score.name()));
    return names;
  }

  private static void checkNames(List<ScoreConfig> scores) {
    Set<String> taken = new HashSet<>(Signals.names());
    for (ScoreConfig score : scores) {
      if (!taken.add(score.name())) {
        throw new IllegalArgumentException(
            "scores has the name %s, which a signal or another score has; choose another"
                .formatted(score.name()));
      }
    }
  }
}
