package io.gristmill.curation.document;

import java.util.Locale;

/** What became of a record. */
public enum Outcome {
  /** A document for training. */
  KEPT,
  /** Read, but not wanted. */
  REJECTED,
  /** Could not be read. */
  FAILED,
  /** No record at all but the account of a source file's bytes; only among judged rows. */
  READ;

  private final String key = name().toLowerCase(Locale.ROOT);

  /** The value of the column and of the folder {@code outcome=…}. */
  public String key() {
    return key;
  }
}
