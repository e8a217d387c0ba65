package io.gristmill.curation.passage;

import java.io.Serializable;

/**
 * Which repeated passages are removed from documents. Lengths are in words; a character of a script
 * written without spaces (Han, kana, Thai) is half a word, as in the shingles of near-duplicates,
 * so that 50 words of English and 100 characters of Chinese are equal evidence.
 *
 * @param lines whether lines are compared
 * @param paragraphs whether paragraphs, which empty lines part, are compared
 * @param substrings whether runs of sentences are compared
 * @param lineWords words from which a line or a paragraph counts: a heading or a "Yes." may repeat
 * @param substringWords words from which a repeated run of sentences is found for certain
 * @param leftShare share of the characters of a document that must be left
 * @param leftWords words of a document that must be left
 */
public record PassageConfig(
    boolean lines,
    boolean paragraphs,
    boolean substrings,
    int lineWords,
    int substringWords,
    double leftShare,
    int leftWords)
    implements Serializable {
  /** The length of a word; that of a character of an unspaced script is 1. */
  static final int WORD_LENGTH = 2;

  private static final int LEAST_SUBSTRING_WORDS = 8;
  private static final int MOST_WORDS = 10_000;

  public PassageConfig {
    within("passages.line-words", lineWords, 1, 8);
    within("passages.substring-words", substringWords, LEAST_SUBSTRING_WORDS, 50);
    within("passages.left-words", leftWords, 0, 10);
    if (!(leftShare >= 0 && leftShare <= 1)) {
      throw new IllegalArgumentException(
          "passages.left-share is %s, must be from 0 to 1; 0.2 is usual".formatted(leftShare));
    }
  }

  /** Nothing is compared. */
  public static PassageConfig off() {
    return new PassageConfig(false, false, false, 8, 50, 0.2, 10);
  }

  /** Whether anything is compared. */
  public boolean on() {
    return lines || paragraphs || substrings;
  }

  private static void within(String key, int value, int least, int usual) {
    if (value < least || value > MOST_WORDS) {
      throw new IllegalArgumentException(
          "%s is %d, must be from %d to %d; %d is usual"
              .formatted(key, value, least, MOST_WORDS, usual));
    }
  }
}
