package io.gristmill.curation.source;

import io.gristmill.curation.html.ExtractionMode;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One input of a run.
 *
 * @param path a file, a folder (with all below it) or a glob, on any Hadoop file system
 * @param format auto, or what every file is: warc, wet, arc, html (also zips and jars of it),
 *     jsonl, parquet, text
 * @param domain the name that a mixture weighs these documents by
 * @param mode what to take from an HTML page: article, reference-docs, full-text
 * @param textKey the key (JSONL) or column (Parquet) with the text
 * @param idKey the key or column with an id that is unique over all inputs; empty: ids are made of
 *     the file's relative path and the record's place in it
 * @param urlKey the key or column with the URL, where there is one
 * @param selection which of the records are read
 */
public record SourceConfig(
    String path,
    String format,
    String domain,
    String mode,
    String textKey,
    String idKey,
    String urlKey,
    Selection selection)
    implements Serializable {
  private static final List<String> FORMATS =
      List.of("auto", "warc", "wet", "arc", "html", "jsonl", "parquet", "text");
  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  public SourceConfig {
    if (path.isBlank()) {
      throw new IllegalArgumentException(
          "path is empty, must be a file, a folder or a glob; s3a://bucket/crawl/*.warc.gz is usual");
    }
    if (!FORMATS.contains(format)) {
      throw new IllegalArgumentException(
          "format is %s, must be one of %s; auto is usual"
              .formatted(format, String.join(", ", FORMATS)));
    }
    if (!DOMAIN.matcher(domain).matches()) {
      throw new IllegalArgumentException(
          "domain is '%s', must be letters, digits, '.', '_' and '-'; web is usual"
              .formatted(domain));
    }
    if (!ExtractionMode.names().contains(mode)) {
      throw new IllegalArgumentException(
          "mode is %s, must be one of %s; article is usual"
              .formatted(mode, String.join(", ", ExtractionMode.names())));
    }
    if (textKey.isBlank()) {
      throw new IllegalArgumentException(
          "text-key is empty, must be the key or column with the text; text is usual");
    }
  }

  /** All of an input. */
  public SourceConfig(
      String path,
      String format,
      String domain,
      String mode,
      String textKey,
      String idKey,
      String urlKey) {
    this(path, format, domain, mode, textKey, idKey, urlKey, Selection.all());
  }

  /** Everything under {@code path} in the usual way: web pages, or JSONL with keys text and url. */
  public static SourceConfig of(String path) {
    return new SourceConfig(path, "auto", "web", "article", "text", "", "url");
  }

  /** The mode as a value. */
  public ExtractionMode extraction() {
    return ExtractionMode.named(mode);
  }
}
