package io.gristmill.curation.source;

import io.gristmill.curation.charset.Decoded;
import io.gristmill.curation.charset.Decoding;
import io.gristmill.curation.html.Extracted;
import io.gristmill.curation.html.Extraction;
import io.gristmill.curation.html.ExtractionMode;
import io.gristmill.curation.html.PageTooComplexException;
import io.gristmill.curation.html.Terms;
import io.gristmill.curation.source.SourceRecord.Failure;
import io.gristmill.curation.source.SourceRecord.Page;
import io.gristmill.curation.source.SourceRecord.Skip;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes documents of bytes: decodes, extracts, and says why where that fails. */
final class Documents {
  /** Text with more than this share of U+FFFD was decoded wrongly, or is not text. */
  static final double MOST_REPLACED = 0.01;

  /** Bytes of the longest document; a longer one is a failure, not cut. */
  static final int LONGEST = 32 << 20;

  private static final String NOT_SELECTED = "not_selected";

  private final ExtractionMode mode;
  private final Predicate<String> wanted;

  /**
   * @param wanted by the URL, which may be empty: of other pages no document is made
   */
  Documents(ExtractionMode mode, Predicate<String> wanted) {
    this.mode = mode;
    this.wanted = wanted;
  }

  /** Whether a document is to be made of what has this URL. */
  boolean wanted(String url) {
    return wanted.test(url);
  }

  /** What is said of a record whose URL is not on the source's list. */
  static Skip notSelected(Origin origin) {
    return new Skip(origin.id(), origin.url(), origin.source(), NOT_SELECTED, "");
  }

  /**
   * What is known of a record besides its bytes.
   *
   * @param language what the container says the language is; empty where it says nothing
   * @param robots directives for robots in the HTTP header
   * @param flaws what was odd about the container's record
   */
  record Origin(
      String id,
      String url,
      String source,
      Optional<Instant> fetchedAt,
      String language,
      String robots,
      String flaws) {
    /** The same with what the HTTP header says to robots. */
    Origin with(String directives) {
      return new Origin(id, url, source, fetchedAt, language, directives, flaws);
    }

    /** A record in a container that knows no more. */
    Origin(String id, String url, String source) {
      this(id, url, source, Optional.empty(), "", "", "");
    }
  }

  static boolean isMarkup(String mediaType) {
    return mediaType.equals("text/html") || mediaType.equals("application/xhtml+xml");
  }

  /** Whether documents come in this media type. */
  static boolean isText(String mediaType) {
    return isMarkup(mediaType)
        || mediaType.equals("text/plain")
        || mediaType.equals("text/markdown");
  }

  /** An HTML page. {@code charset} is that of the HTTP header, or empty. */
  SourceRecord page(Origin origin, byte[] bytes, String charset) {
    if (!wanted(origin.url())) {
      return notSelected(origin);
    }
    try {
      Decoded decoded = Decoding.decode(bytes, charset);
      if (decoded.replacementRate() > MOST_REPLACED) {
        return undecodable(origin, decoded);
      }
      Extracted extracted = Extraction.extract(decoded.text(), origin.url(), mode);
      if (extracted.text().isEmpty()) {
        return new Skip(
            origin.id(), origin.url(), origin.source(), "no_text", "mode %s".formatted(mode));
      }
      return new Page(
          origin.id(),
          origin.url(),
          origin.source(),
          origin.fetchedAt(),
          extracted.title(),
          extracted.text(),
          extracted.language().isEmpty() ? origin.language() : extracted.language(),
          decoded.charset(),
          extracted.canonicalUrl(),
          extracted.published(),
          Terms.robots(extracted.robots(), List.of(origin.robots()), false),
          extracted.licence(),
          origin.flaws());
    } catch (PageTooComplexException e) {
      return new Failure(origin.source(), "page_too_complex", e.getMessage(), 0);
    } catch (RuntimeException | StackOverflowError e) {
      return new Failure(origin.source(), "extraction_failed", e.toString(), 0);
    }
  }

  /** A plain text in whatever charset. */
  SourceRecord text(Origin origin, byte[] bytes, String charset) {
    Decoded decoded = Decoding.decode(bytes, charset);
    return decoded.replacementRate() > MOST_REPLACED
        ? undecodable(origin, decoded)
        : text(origin, decoded.text(), decoded.charset());
  }

  /** A plain text. */
  SourceRecord text(Origin origin, String text, String charset) {
    if (!wanted(origin.url())) {
      return notSelected(origin);
    }
    String clean = PlainText.clean(text);
    if (clean.isEmpty()) {
      return new Skip(origin.id(), origin.url(), origin.source(), "no_text", "");
    }
    return new Page(
        origin.id(),
        origin.url(),
        origin.source(),
        origin.fetchedAt(),
        "",
        clean,
        origin.language(),
        charset,
        "",
        Optional.empty(),
        origin.robots(),
        "",
        origin.flaws());
  }

  private static Failure undecodable(Origin origin, Decoded decoded) {
    return new Failure(
        origin.source(),
        "charset_undecodable",
        "%.1f%% of the characters are not %s (by %s)"
            .formatted(100 * decoded.replacementRate(), decoded.charset(), decoded.evidence()),
        0);
  }
}
