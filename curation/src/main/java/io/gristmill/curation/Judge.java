package io.gristmill.curation;

import io.gristmill.curation.document.Cause;
import io.gristmill.curation.document.Declared;
import io.gristmill.curation.document.Document;
import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.document.RejectedText;
import io.gristmill.curation.document.Stage;
import io.gristmill.curation.filter.Edited;
import io.gristmill.curation.filter.LineSignals;
import io.gristmill.curation.filter.Signal;
import io.gristmill.curation.filter.Signals;
import io.gristmill.curation.filter.TextEdit;
import io.gristmill.curation.language.AcceptedLanguages;
import io.gristmill.curation.language.Language;
import io.gristmill.curation.language.LanguageIdentifier;
import io.gristmill.curation.line.LineEdits;
import io.gristmill.curation.lists.Listed;
import io.gristmill.curation.lists.Lists;
import io.gristmill.curation.privacy.Redacted;
import io.gristmill.curation.privacy.Redaction;
import io.gristmill.curation.privacy.Removals;
import io.gristmill.curation.quality.Scorer;
import io.gristmill.curation.source.SourceRecord.Failure;
import io.gristmill.curation.source.SourceRecord.Page;
import io.gristmill.curation.source.SourceRecord.Skip;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Judges one record: language, edits, signals, scores, redaction; all that cannot be decided later.
 * Pure, and defined for every input: a page on which the judgement itself breaks down is a failed
 * record, not a failed run.
 */
final class Judge {
  /** Reason of a page that the judgement broke down on. */
  static final String JUDGEMENT_FAILED = "judgement_failed";

  /** Reason of a document in a language that is not accepted. */
  static final String LANGUAGE = "language";

  /** Reason of a document that edits have left nothing of. */
  static final String EMPTIED = "emptied";

  /** What the language is judged by: the largest share of the letters that an accepted one has. */
  private static final String ACCEPTED_SHARE = "accepted_language_share";

  private final AcceptedLanguages languages;
  private final List<TextEdit> edits;
  private final Lists lists;
  private final List<Scorer> scorers;
  private final boolean lineSignals;
  private final RejectedText rejectedText;
  private final Redaction redaction;

  /**
   * @param edits what is done to a text before it is measured, in order
   * @param lists what is looked up about a document
   * @param scorers what is asked of the edited text
   */
  Judge(CurationConfig config, List<TextEdit> edits, Lists lists, List<Scorer> scorers) {
    this.languages = new AcceptedLanguages(config.languages());
    this.edits = List.copyOf(edits);
    this.lists = lists;
    this.lineSignals = config.lineSignals();
    this.scorers = List.copyOf(scorers);
    this.rejectedText = RejectedText.named(config.rejectedText());
    this.redaction = new Redaction(config.redaction());
  }

  Document judge(Page page, String domain) {
    try {
      return judged(page, domain);
    } catch (RuntimeException | StackOverflowError e) {
      return undocumented(
          Outcome.FAILED,
          page.id(),
          page.url(),
          page.source(),
          domain,
          Cause.of(JUDGEMENT_FAILED, e.toString()));
    }
  }

  Document judge(Skip skip, String domain) {
    return undocumented(
        Outcome.REJECTED,
        skip.id(),
        skip.url(),
        skip.source(),
        domain,
        Cause.of(skip.reason(), skip.detail()));
  }

  /** A document that was asked to be taken down: nothing is left of it but where it was. */
  static Document removed(String id, String url, String source, String domain) {
    return undocumented(
        Outcome.REJECTED, id, url, source, domain, Cause.of(Removals.REMOVED_ON_REQUEST, ""));
  }

  Document judge(Failure failure, String domain) {
    return undocumented(
        Outcome.FAILED,
        idOf("failure", failure.source()),
        "",
        failure.source(),
        domain,
        Cause.of(failure.reason(), failure.detail()));
  }

  /** An id for what has none of its own: the first 128 bits of a SHA-256, in hex. */
  static String idOf(String kind, String source) {
    try {
      byte[] name = (kind + '\0' + source).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private Document judged(Page page, String domain) {
    Language language = LanguageIdentifier.identify(page.text());
    Edited edited = edited(page.text(), language);
    String text = edited.text();
    Signals signals = Signals.measure(text, page.text(), language.tag());
    boolean accepted = languages.accept(language.tag());
    boolean emptied = text.isBlank() && !edited.removed().isEmpty();
    boolean kept = accepted && !emptied;
    List<Listed> listed = kept ? lists.of(page.url(), text, language.tag()) : List.of();
    boolean stored = kept || rejectedText.keeps(page.id());
    Redacted redacted = redaction.redact(stored ? text : "");
    return new Document(
        kept ? Outcome.KEPT : Outcome.REJECTED,
        Stage.FILTER,
        page.id(),
        page.url(),
        stored ? Optional.of(redacted.text()) : Optional.empty(),
        (stored ? redacted.text() : text).getBytes(StandardCharsets.UTF_8).length,
        language,
        domain,
        page.source(),
        page.fetchedAt(),
        redaction.redact(page.title()).text(),
        Arrays.asList(signals.toDoubles()),
        kept ? scores(edited, signals, listed, language, page.url()) : Map.of(),
        kept && lineSignals ? LineSignals.of(redacted.text()) : List.of(),
        cause(accepted, emptied, language, details(page.flaws(), listed)),
        redacted.counts(),
        edited.removed(),
        new Declared(
            page.canonicalUrl(),
            page.published(),
            page.declaredLanguage(),
            page.charset(),
            page.robots(),
            page.licence()));
  }

  private Cause cause(boolean accepted, boolean emptied, Language language, String flaws) {
    if (!accepted) {
      return new Cause(
          LANGUAGE, ACCEPTED_SHARE, languages.share(language), Language.DOMINANT, flaws);
    }
    return Cause.of(emptied ? EMPTIED : "", flaws);
  }

  /** What was odd about a page, and the first entry of each list that was found. */
  private static String details(String flaws, List<Listed> listed) {
    var details = new StringJoiner("; ");
    if (!flaws.isEmpty()) {
      details.add(flaws);
    }
    for (Listed list : listed) {
      if (list.matches() > 0) {
        details.add("%s: %s".formatted(list.name(), list.entry()));
      }
    }
    return details.toString();
  }

  private Edited edited(String text, Language language) {
    Edited edited = Edited.unchanged(text);
    for (TextEdit edit : edits) {
      edited = edited.then(edit.edit(edited.text(), language));
    }
    return edited;
  }

  /** What is known of a document beside its signals: of its edits, of lists, of scorers. */
  private SortedMap<String, Double> scores(
      Edited edited, Signals signals, List<Listed> listed, Language language, String url) {
    var scores = new TreeMap<String, Double>();
    if (!edits.isEmpty()) {
      scores.put(
          LineEdits.WORD_REMOVAL_SHARE, edited.wordRemovalShare(signals.value(Signal.WORDS)));
      for (String reason : edited.removed().keySet()) {
        scores.put(LineEdits.removedShare(reason), edited.removedShare(reason));
      }
    }
    listed.forEach(list -> scores.putAll(list.values()));
    for (Scorer scorer : scorers) {
      scorer
          .score(edited.text(), language, url)
          .ifPresent(score -> scores.put(scorer.name(), score));
    }
    return scores;
  }

  private static Document undocumented(
      Outcome outcome, String id, String url, String source, String domain, Cause cause) {
    return new Document(
        outcome,
        Stage.READ,
        id,
        url,
        Optional.empty(),
        0,
        Language.undetermined(),
        domain,
        source,
        Optional.empty(),
        "",
        List.of(),
        Map.of(),
        List.of(),
        cause,
        Map.of(),
        Map.of(),
        Declared.nothing());
  }
}
