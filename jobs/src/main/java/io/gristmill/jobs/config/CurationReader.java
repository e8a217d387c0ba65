package io.gristmill.jobs.config;

import io.gristmill.curation.CurationConfig;
import io.gristmill.curation.decontamination.DecontaminationConfig;
import io.gristmill.curation.decontamination.EvaluationConfig;
import io.gristmill.curation.dedup.DuplicatesConfig;
import io.gristmill.curation.dedup.MinHashConfig;
import io.gristmill.curation.dedup.Quality;
import io.gristmill.curation.passage.PassageConfig;
import io.gristmill.curation.privacy.RedactionConfig;
import io.gristmill.curation.privacy.UserPattern;
import io.gristmill.curation.quality.ScoreConfig;
import io.gristmill.curation.source.Selection;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.yaml.Section;
import java.util.List;
import java.util.Optional;

/** Reads {@code curate}: sources, scores, evaluation sets, duplicates, passages, personal data. */
final class CurationReader {
  private CurationReader() {}

  static CurationConfig read(Section section) {
    List<SourceConfig> sources =
        section.sections("sources").stream().map(CurationReader::source).toList();
    List<ScoreConfig> scores =
        section.sections("scores").stream()
            .map(CurationReader::score)
            .flatMap(Optional::stream)
            .toList();
    DecontaminationConfig decontamination = decontamination(section.section("decontamination"));
    DuplicatesConfig duplicates = duplicates(section);
    PassageConfig passages = passages(section.section("passages"));
    RedactionConfig redaction = redaction(section);
    return section
        .build(
            () ->
                new CurationConfig(
                    sources,
                    section.text("profile", "gristmill"),
                    section.texts("languages", List.of()),
                    scores,
                    section.flag("line-signals", false),
                    decontamination,
                    duplicates,
                    passages,
                    section.text("rejected-text", "sample"),
                    redaction,
                    section.text("removals", ""),
                    section.wholeNumber("per-host", 0)))
        .orElseGet(() -> CurationConfig.of(List.of(SourceConfig.of("unread"))));
  }

  static SourceConfig source(Section section) {
    SourceConfig usual = SourceConfig.of("unread");
    return section
        .build(
            () ->
                new SourceConfig(
                    section.text("path"),
                    section.text("format", usual.format()),
                    section.text("domain", usual.domain()),
                    section.text("mode", usual.mode()),
                    section.text("text-key", usual.textKey()),
                    section.text("id-key", usual.idKey()),
                    section.text("url-key", usual.urlKey()),
                    new Selection(
                        section.texts("cdx", List.of()), section.texts("urls", List.of()))))
        .orElse(usual);
  }

  private static Optional<ScoreConfig> score(Section section) {
    return section.build(
        () ->
            new ScoreConfig(
                section.text("name"), section.text("kind"), section.rest("name", "kind")));
  }

  private static DuplicatesConfig duplicates(Section curate) {
    MinHashConfig minhash = minhash(curate.section("minhash"));
    Section section = curate.section("duplicates");
    Quality quality = quality(section.section("quality"));
    return section
        .build(
            () ->
                new DuplicatesConfig(
                    minhash,
                    section.flag("urls", false),
                    quality,
                    section.texts("known", List.of()),
                    section.flag("index", false)))
        .orElseGet(() -> DuplicatesConfig.of(minhash));
  }

  private static Quality quality(Section section) {
    Quality usual = Quality.none();
    return section
        .build(
            () ->
                new Quality(
                    section.text("signal", usual.signal()),
                    section.number("worst", usual.worst()),
                    section.number("best", usual.best())))
        .orElse(usual);
  }

  private static DecontaminationConfig decontamination(Section section) {
    DecontaminationConfig usual = DecontaminationConfig.none();
    List<EvaluationConfig> evaluations =
        section.sections("evaluations").stream()
            .map(CurationReader::evaluation)
            .flatMap(Optional::stream)
            .toList();
    return section
        .build(
            () ->
                new DecontaminationConfig(
                    evaluations,
                    section.wholeNumber("ngram-characters", usual.ngramCharacters()),
                    section.wholeNumber("ngram-words", usual.ngramWords()),
                    section.number("overlap", usual.overlap()),
                    section.wholeNumber("alone-words", usual.aloneWords())))
        .orElse(usual);
  }

  private static Optional<EvaluationConfig> evaluation(Section section) {
    return section.build(
        () -> {
          String path = section.text("path");
          return new EvaluationConfig(
              path,
              section.text("name", EvaluationConfig.nameOf(path)),
              section.text("format", "auto"),
              section.texts("question-keys", List.of()),
              section.texts("answer-keys", List.of()),
              section.texts("options-keys", List.of()));
        });
  }

  private static MinHashConfig minhash(Section section) {
    MinHashConfig usual = MinHashConfig.defaults();
    return section
        .build(
            () ->
                new MinHashConfig(
                    section.wholeNumber("shingle-characters", usual.shingleCharacters()),
                    section.wholeNumber("shingle-words", usual.shingleWords()),
                    section.wholeNumber("bands", usual.bands()),
                    section.wholeNumber("rows-per-band", usual.rowsPerBand()),
                    section.number("similarity", usual.similarity()),
                    section.size("seed", usual.seed()),
                    section.wholeNumber("max-rounds", usual.maxRounds())))
        .orElse(usual);
  }

  private static RedactionConfig redaction(Section curate) {
    if (!curate.holdsSection("redaction")) {
      return curate.flag("redaction", true) ? RedactionConfig.all() : RedactionConfig.none();
    }
    Section section = curate.section("redaction");
    List<UserPattern> patterns =
        section.sections("patterns").stream()
            .map(CurationReader::pattern)
            .flatMap(Optional::stream)
            .toList();
    return section
        .build(
            () ->
                new RedactionConfig(
                    section.texts("kinds", RedactionConfig.all().kinds()), patterns))
        .orElseGet(RedactionConfig::all);
  }

  private static Optional<UserPattern> pattern(Section section) {
    return section.build(
        () -> {
          String name = section.text("name");
          return new UserPattern(
              name, section.text("pattern"), section.text("token", UserPattern.token(name)));
        });
  }

  private static PassageConfig passages(Section section) {
    PassageConfig usual = PassageConfig.off();
    return section
        .build(
            () ->
                new PassageConfig(
                    section.flag("lines", usual.lines()),
                    section.flag("paragraphs", usual.paragraphs()),
                    section.flag("substrings", usual.substrings()),
                    section.wholeNumber("line-words", usual.lineWords()),
                    section.wholeNumber("substring-words", usual.substringWords()),
                    section.number("left-share", usual.leftShare()),
                    section.wholeNumber("left-words", usual.leftWords())))
        .orElse(usual);
  }
}
