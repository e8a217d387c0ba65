package io.gristmill.curation.language;

import java.nio.CharBuffer;

/**
 * The form of a text that OpenNLP's model was trained on: what its normalizers make of letters with
 * single spaces between words, without their regular expressions. Web addresses, numbers and signs
 * do not occur there; surrogates and what comes after them become spaces, {@code rt } and the faces
 * {@code xd}, {@code xo}, {@code xp} go, laughter and repeated letters become short.
 */
final class TrainedForm {
  /**
   * Surrogates, presentation forms and full-width letters, as the normalizer's expression has it.
   */
  private static final char FIRST_EMOJI = Character.MIN_SURROGATE;

  private final char[] text;
  private int length;

  private TrainedForm(CharSequence letters) {
    length = letters.length();
    text = letters.toString().toCharArray();
  }

  static CharSequence of(CharSequence letters) {
    var form = new TrainedForm(letters);
    form.replaceEmoji();
    form.removeRetweets();
    form.removeFaces();
    form.shortenLaughter();
    form.collapseSpaces();
    form.shortenRepeats();
    return form.trimmed();
  }

  // Each step writes at or before the place where it reads.

  private void replaceEmoji() {
    for (int at = 0; at < length; at++) {
      if (text[at] >= FIRST_EMOJI) {
        text[at] = ' ';
      }
    }
  }

  private void removeRetweets() {
    int to = 0;
    int at = 0;
    while (at < length) {
      if (isRetweet(at) && (at == 0 || !isWord(text[at - 1]))) {
        while (isRetweet(at)) {
          at += 3;
        }
        text[to++] = ' ';
      } else {
        text[to++] = text[at++];
      }
    }
    length = to;
  }

  private boolean isRetweet(int at) {
    return at + 2 < length
        && lower(text[at]) == 'r'
        && lower(text[at + 1]) == 't'
        && text[at + 2] == ' ';
  }

  private void removeFaces() {
    int to = 0;
    int at = 0;
    while (at < length) {
      if (lower(text[at]) == 'x' && at + 1 < length && isMouth(lower(text[at + 1]))) {
        text[to++] = ' ';
        at += 2;
      } else {
        text[to++] = text[at++];
      }
    }
    length = to;
  }

  private static boolean isMouth(char c) {
    return c == 'd' || c == 'o' || c == 'p';
  }

  private void shortenLaughter() {
    int to = 0;
    int at = 0;
    while (at < length) {
      int end = laughterEnd(at);
      if (end > at) {
        char consonant = text[consonantsEnd(at) - 1];
        char vowel = text[vowelsEnd(consonantsEnd(at)) - 1];
        text[to++] = consonant;
        text[to++] = vowel;
        text[to++] = consonant;
        text[to++] = vowel;
        at = end;
      } else {
        text[to++] = text[at++];
      }
    }
    length = to;
  }

  /** Where laughter ends that begins here: h or j, vowels, and both again at least once. */
  private int laughterEnd(int start) {
    int consonants = consonantsEnd(start);
    int vowels = vowelsEnd(consonants);
    if (consonants == start || vowels == consonants) {
      return start;
    }
    int end = start;
    int at = vowels;
    while (true) {
      int again = runEnd(at, text[consonants - 1]);
      int next = again == at ? at : runEnd(again, text[vowels - 1]);
      if (again == at || next == again) {
        return end;
      }
      end = next;
      at = next;
    }
  }

  private int consonantsEnd(int start) {
    int at = start;
    while (at < length && (lower(text[at]) == 'h' || lower(text[at]) == 'j')) {
      at++;
    }
    return at;
  }

  private int vowelsEnd(int start) {
    int at = start;
    while (at < length && "aieou".indexOf(lower(text[at])) >= 0) {
      at++;
    }
    return at;
  }

  private void collapseSpaces() {
    int to = 0;
    for (int at = 0; at < length; at++) {
      if (text[at] != ' ' || at == 0 || text[at - 1] != ' ') {
        text[to++] = text[at];
      }
    }
    length = to;
  }

  private void shortenRepeats() {
    int to = 0;
    int at = 0;
    while (at < length) {
      int end = runEnd(at, text[at]);
      char c = text[at];
      text[to++] = c;
      if (end - at > 2) {
        text[to++] = c;
        at = end;
      } else {
        at++;
      }
    }
    length = to;
  }

  /** Where a run of one character ends, in either case if it is of ASCII. */
  private int runEnd(int start, char c) {
    int at = start;
    while (at < length && lower(text[at]) == lower(c)) {
      at++;
    }
    return at;
  }

  private CharSequence trimmed() {
    int from = length > 0 && text[0] == ' ' ? 1 : 0;
    int to = length > from && text[length - 1] == ' ' ? length - 1 : length;
    return CharBuffer.wrap(text, from, to - from);
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }

  private static boolean isWord(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
  }
}
