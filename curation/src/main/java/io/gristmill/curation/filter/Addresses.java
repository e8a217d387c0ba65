package io.gristmill.curation.filter;

import static io.gristmill.curation.text.Characters.DICTIONARY;
import static io.gristmill.curation.text.Characters.SPACE;

import io.gristmill.curation.text.Characters;
import java.util.BitSet;
import java.util.List;

/** Web addresses in running text. */
final class Addresses implements Finder {
  private static final Phrases SCHEMES = new Phrases(List.of("http://", "https://"));

  /**
   * The length of the address that begins at a position, up to white space or a character of a
   * script without spaces; 0 for none.
   */
  @Override
  public int lengthAt(int[] text, int at) {
    int scheme = SCHEMES.lengthAt(text, at);
    if (scheme == 0) {
      return 0;
    }
    int end = at + scheme;
    while (end < text.length && (Characters.of(text[end]) & (SPACE | DICTIONARY)) == 0) {
      end++;
    }
    return end - at;
  }

  @Override
  public BitSet beginnings() {
    return SCHEMES.beginnings();
  }
}
