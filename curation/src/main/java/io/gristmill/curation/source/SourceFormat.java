package io.gristmill.curation.source;

import java.util.Locale;

/** What a file holds. WARC, WET and ARC are read alike; the names only say what is expected. */
public enum SourceFormat {
  WARC,
  WET,
  ARC,
  HTML,
  /** A zip or jar of HTML pages. */
  ZIP,
  /** One JSON object a line. */
  JSONL,
  PARQUET,
  /** One document a file. */
  TEXT,
  /** Nothing that is known; the file is counted and not read. */
  UNKNOWN;

  /** Whether a large file of this format may be read by several tasks. */
  boolean splits() {
    return switch (this) {
      case WARC, WET, ARC, JSONL, PARQUET -> true;
      case HTML, ZIP, TEXT, UNKNOWN -> false;
    };
  }

  /** As written in a configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
