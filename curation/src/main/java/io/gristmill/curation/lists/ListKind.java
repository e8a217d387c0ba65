package io.gristmill.curation.lists;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the entries of a list are. */
public enum ListKind {
  /** Hosts, with all below them, and single pages. */
  URL,
  /** Words in an address: between characters that are neither letters nor digits. */
  URL_WORDS,
  /**
   * Parts of an address, wherever its words begin and end: {@code casino} in {@code bestcasino1}.
   */
  URL_PARTS,
  /** Words and phrases in the text. */
  WORDS;

  /** The name in a profile: {@code url-words}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The kind of a name.
   *
   * @throws IllegalArgumentException if there is none, with those that there are
   */
  public static ListKind named(String key) {
    return Arrays.stream(values())
        .filter(kind -> kind.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "kind is %s, must be one of %s"
                        .formatted(
                            key,
                            Arrays.stream(values())
                                .map(ListKind::key)
                                .collect(Collectors.joining(", ")))));
  }
}
