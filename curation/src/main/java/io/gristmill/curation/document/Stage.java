package io.gristmill.curation.document;

import java.util.Locale;

/** Where a record can leave the curation, in order. */
public enum Stage {
  /** Reading and extraction: not a document, or damaged. */
  READ,
  /** The profile's verdict on language and quality. */
  FILTER,
  /** Documents that hold items of evaluation sets. */
  DECONTAMINATE,
  /** Duplicates. */
  DEDUPLICATE,
  /** Passages that stand elsewhere, of which too little is left without. */
  PASSAGES;

  private final String key = name().toLowerCase(Locale.ROOT);

  /** The value of the column. */
  public String key() {
    return key;
  }
}
