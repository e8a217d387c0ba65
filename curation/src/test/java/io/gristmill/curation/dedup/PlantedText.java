package io.gristmill.curation.dedup;

import java.util.Arrays;

/** Writes tokens as text with sentences and paragraphs. Reused for one document after the other. */
final class PlantedText {
  /** Commas and full stops. */
  static final double MARKS_PER_TOKEN = 3.0 / 16;

  private static final char FULL_WIDTH = 0xFEE0; // from ASCII to its full-width form
  private static final char[] TRADITIONAL = PlantedVocabulary.traditional();

  private char[] text = new char[1 << 16];
  private int length;

  /** Begins with a text as it is. */
  void begin(String header) {
    length = 0;
    room(header.length());
    header.getChars(0, header.length(), text, 0);
    length = header.length();
  }

  /**
   * Adds tokens. Two texts of the same words with different {@code punctuation} have their commas
   * and full stops at other places.
   *
   * @param punctuation 0 to 15
   */
  void add(int[] tokens, PlantedVocabulary vocabulary, int punctuation) {
    boolean spaced = vocabulary.spaced();
    char comma = spaced ? ',' : '，';
    char fullStop = spaced ? '.' : '。';
    boolean begins = true;
    for (int token : tokens) {
      room(PlantedVocabulary.WIDTH + 2);
      int at = vocabulary.write(token, text, length);
      if (begins && spaced) {
        text[length] = (char) (text[length] - 'a' + 'A');
      }
      int mark = (token >>> 16 ^ punctuation) & 15;
      begins = mark == 0;
      if (mark < 3) {
        text[at++] = begins ? fullStop : comma;
      }
      if (begins && (token >>> 20 & 7) == 0) {
        text[at++] = '\n';
      } else if (spaced) {
        text[at++] = ' ';
      }
      length = at;
    }
  }

  /** Turns what was added so far, which must be ASCII, into full-width forms. */
  void widen() {
    for (int i = 0; i < length; i++) {
      char c = text[i];
      text[i] = c == '\n' ? c : c == ' ' ? '\u3000' : (char) (c + FULL_WIDTH);
    }
  }

  /** Turns simplified characters into traditional ones. */
  void makeTraditional() {
    for (int i = 0; i < length; i++) {
      text[i] = TRADITIONAL[text[i]];
    }
  }

  @Override
  public String toString() {
    return new String(text, 0, length);
  }

  private void room(int more) {
    if (length + more > text.length) {
      text = Arrays.copyOf(text, 2 * (length + more));
    }
  }
}
