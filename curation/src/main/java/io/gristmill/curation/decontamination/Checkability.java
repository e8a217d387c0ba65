package io.gristmill.curation.decontamination;

import java.util.Locale;

/** What becomes of an item when a set is indexed: {@link Evidence}, or why it cannot be checked. */
sealed interface Checkability permits Evidence, Checkability.Unchecked {
  /** Why no document can be told to hold an item. */
  enum Unchecked implements Checkability {
    /** Question and options are shorter than what identifies a text. */
    TOO_SHORT,
    /** The question is too short to decide alone, and no answer or option is given beside it. */
    NO_ANSWER,
    /** Most of its n-grams are phrases of the trade that many items have. */
    FORMULAIC;

    /** As in the counts: lower case. */
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
