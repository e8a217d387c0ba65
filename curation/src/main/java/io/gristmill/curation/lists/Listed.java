package io.gristmill.curation.lists;

import java.util.Map;

/**
 * What a list says about a document.
 *
 * @param name the list's
 * @param kind the list's
 * @param matches entries that were found: hosts and pages 0 or 1; words and parts of addresses,
 *     different ones; words in texts, occurrences
 * @param share of the words of the text those in matches; of addresses 0
 * @param entry the first that was found, as it stands there, in lower case; empty if none was
 */
public record Listed(String name, ListKind kind, double matches, double share, String entry) {
  static Listed nothing(String name, ListKind kind) {
    return new Listed(name, kind, 0, 0, "");
  }

  /** What rules compare, by name. */
  public Map<String, Double> values() {
    return kind == ListKind.WORDS
        ? Map.of(name, matches, ListConfig.share(name), share)
        : Map.of(name, matches);
  }
}
