package io.gristmill.jobs;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * What can be said of a generated text without reading it.
 *
 * @param hanShare Han characters among the letters, 0 to 1; 0 without letters
 * @param latinShare Latin letters among the letters, 0 to 1
 * @param distinctFourGrams distinct 4-grams among all 4-grams: of words where most letters are
 *     Latin, of characters elsewhere; 1 when the text is shorter than one
 * @param replacementCharacters U+FFFD: bytes that were no UTF-8
 */
record TextMeasures(
    double hanShare, double latinShare, double distinctFourGrams, int replacementCharacters) {
  private static final int GRAM = 4;

  static TextMeasures of(String text) {
    int letters = 0;
    int han = 0;
    int latin = 0;
    int replacements = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int codePoint = text.codePointAt(i);
      if (codePoint == 0xFFFD) {
        replacements++;
      } else if (Character.isLetter(codePoint)) {
        letters++;
        switch (Character.UnicodeScript.of(codePoint)) {
          case HAN -> han++;
          case LATIN -> latin++;
          default -> {}
        }
      }
    }
    return new TextMeasures(
        share(han, letters), share(latin, letters), distinct(text, latin > han), replacements);
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private static double distinct(String text, boolean byWords) {
    List<String> units =
        byWords
            ? Arrays.stream(text.strip().split("\\s+")).toList()
            : text.codePoints()
                .filter(codePoint -> !Character.isWhitespace(codePoint))
                .mapToObj(Character::toString)
                .toList();
    int grams = units.size() - GRAM + 1;
    if (grams < 1) {
      return 1;
    }
    var distinct = new HashSet<List<String>>();
    for (int i = 0; i < grams; i++) {
      distinct.add(units.subList(i, i + GRAM));
    }
    return (double) distinct.size() / grams;
  }
}
