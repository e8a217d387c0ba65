package io.gristmill.curation.lists;

import java.io.Serializable;

/** A list that has been read. */
sealed interface DocumentList extends Serializable permits UrlList, UrlWords, UrlParts, TextWords {
  /** What it says about a document. */
  Listed of(Address address, ListedText text);
}
