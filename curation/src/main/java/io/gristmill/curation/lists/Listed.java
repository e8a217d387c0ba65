package io.gristmill.curation.lists;

/**
 * What a list says about a document.
 *
 * @param name the list's
 * @param matches entries that were found: hosts and pages 0 or 1; words and parts of addresses,
 *     different ones; words in texts, occurrences
 * @param share of the words of the text those in matches; of addresses 0
 * @param entry the first that was found, as it stands there, in lower case; empty if none was
 */
public record Listed(String name, double matches, double share, String entry) {
  static Listed nothing(String name) {
    return new Listed(name, 0, 0, "");
  }
}
