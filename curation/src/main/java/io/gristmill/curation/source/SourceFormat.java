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

  /** As written in a configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
