package io.gristmill.curation.filter;

import static io.gristmill.curation.text.Characters.DICTIONARY;
import static io.gristmill.curation.text.Characters.SPACE;

import io.gristmill.curation.text.Characters;
import java.util.List;

/** Web addresses in running text. */
final class Addresses {
  private static final Phrases SCHEMES = new Phrases(List.of("http://", "https://"));

  private Addresses() {}

  /**
   * The length of the address that begins at a position, up to white space or a character of a
   * script without spaces; 0 for none.
   */
  static int lengthAt(int[] text, int at) {
    int scheme = text[at] == 'h' || text[at] == 'H' ? SCHEMES.lengthAt(text, at) : 0;
    if (scheme == 0) {
      return 0;
    }
    int end = at + scheme;
    while (end < text.length && (Characters.of(text[end]) & (SPACE | DICTIONARY)) == 0) {
      end++;
    }
    return end - at;
  }
}
