package io.gristmill.curation;

import io.gristmill.curation.document.Cause;
import io.gristmill.curation.document.Document;
import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.document.RejectedText;
import io.gristmill.curation.document.Stage;
import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.filter.Signals;
import io.gristmill.curation.filter.Verdict;
import io.gristmill.curation.language.Language;
import io.gristmill.curation.language.LanguageIdentifier;
import io.gristmill.curation.privacy.Redacted;
import io.gristmill.curation.privacy.Redaction;
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

/**
 * Judges one record: language, signals, verdict, redaction. Pure, and defined for every input: a
 * page on which the judgement itself breaks down is a failed record, not a failed run.
 */
final class Judge {
  /** Reason of a page that the judgement broke down on. */
  static final String JUDGEMENT_FAILED = "judgement_failed";

  private final Profile profile;
  private final RejectedText rejectedText;
  private final boolean redaction;

  Judge(CurationConfig config) {
    this.profile = Profile.named(config.profile()).accepting(config.languages());
    this.rejectedText = RejectedText.named(config.rejectedText());
    this.redaction = config.redaction();
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
    Signals signals = Signals.measure(page.text(), language.tag());
    Verdict verdict = profile.judge(signals, language);
    boolean stored = verdict.kept() || rejectedText.keeps(page.id());
    Redacted text = redacted(stored ? page.text() : "");
    return new Document(
        verdict.kept() ? Outcome.KEPT : Outcome.REJECTED,
        Stage.FILTER,
        page.id(),
        page.url(),
        stored ? Optional.of(text.text()) : Optional.empty(),
        (stored ? text.text() : page.text()).getBytes(StandardCharsets.UTF_8).length,
        language,
        domain,
        page.source(),
        page.fetchedAt(),
        redacted(page.title()).text(),
        Arrays.asList(signals.toDoubles()),
        verdict.kept()
            ? Cause.of("", page.flaws())
            : new Cause(
                verdict.reason(),
                verdict.signal(),
                verdict.value(),
                verdict.threshold(),
                page.flaws()),
        text.counts());
  }

  private Redacted redacted(String text) {
    return redaction ? Redaction.redact(text) : new Redacted(text, Map.of());
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
        cause,
        Map.of());
  }
}
