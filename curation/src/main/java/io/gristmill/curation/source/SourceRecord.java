package io.gristmill.curation.source;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a reader finds in a file, in file order. {@code source} is where it was found: {@code
 * relative/path}, then {@code !entry} in a zip, then {@code @} and the byte offset in an archive,
 * the line number in JSONL or the row number in Parquet, both from 1. Absent text is the empty
 * string.
 */
public sealed interface SourceRecord {
  /**
   * A document.
   *
   * @param id 32 lowercase hex digits
   * @param text paragraphs separated by an empty line, lines by a line feed
   * @param declaredLanguage what the page says it is written in, not what it is
   * @param charset the charset it was decoded from, empty where the format fixes it
   * @param published when the page says it was published
   * @param robots directives for robots of the page and its HTTP header, such as {@code noai,
   *     noindex}
   * @param licence address or text of the licence that the page names
   * @param flaws what was odd about the record and could be read all the same, such as a date that
   *     is none; usually empty
   */
  record Page(
      String id,
      String url,
      String source,
      Optional<Instant> fetchedAt,
      String title,
      String text,
      String declaredLanguage,
      String charset,
      String canonicalUrl,
      Optional<Instant> published,
      String robots,
      String licence,
      String flaws)
      implements SourceRecord {}

  /** A sound record that is not a document: a request, an image, a page without content. */
  record Skip(String id, String url, String source, String reason, String detail)
      implements SourceRecord {}

  /**
   * A record, or a range of bytes, that could not be read.
   *
   * @param bytes how many bytes of the file are skipped with it; 0 when the record's bounds were
   *     found, for then its bytes count as parsed
   */
  record Failure(String source, String reason, String detail, long bytes) implements SourceRecord {}

  /**
   * The end of a file, or of a part of it: {@code bytesRead == bytesParsed + bytesSkipped}.
   *
   * @param from where in the file it begins
   * @param bytesRead the length of the file or part, less what was not selected
   * @param bytesParsed bytes in which records were found, or which frame them
   * @param bytesSkipped bytes of the damaged ranges
   * @param bytesNotSelected bytes of records that an index does not ask for, which were not read
   * @param skipped those ranges, in order and apart from each other
   */
  record FileRead(
      String relative,
      long from,
      long bytesRead,
      long bytesParsed,
      long bytesSkipped,
      long bytesNotSelected,
      List<SkippedRange> skipped)
      implements SourceRecord {}

  /** Bytes {@code [from, to)} of a file in which nothing could be read. */
  record SkippedRange(long from, long to, String reason) {}
}
