package io.gristmill.curation.html;

import java.util.ArrayList;
import java.util.List;

/**
 * The script that most of a page's prose is written in: translated documentation is full of stubs
 * in the language it was translated from, and no reader of one wants the other.
 */
enum MainScript {
  EAST_ASIAN,
  OTHER;

  /** Letters that say as much as one East Asian character, for a whole page. */
  private static final double LETTERS_A_CHARACTER = 3;

  /** The same for a line of an East Asian page, where names of code stand among the characters. */
  private static final double LETTERS_IN_A_LINE = 1;

  static MainScript of(String text) {
    return holds(text, LETTERS_A_CHARACTER) ? EAST_ASIAN : OTHER;
  }

  /** The lines of a text that are in this script; paragraphs that lose all their lines are gone. */
  String only(String text) {
    List<String> paragraphs = new ArrayList<>();
    for (String paragraph : text.split("\n\n+")) {
      List<String> lines = paragraph.lines().filter(this::isOf).toList();
      if (!lines.isEmpty()) {
        paragraphs.add(String.join("\n", lines));
      }
    }
    return String.join("\n\n", paragraphs);
  }

  private boolean isOf(String line) {
    return this == EAST_ASIAN
        ? holds(line, LETTERS_IN_A_LINE)
        : !holds(line, LETTERS_A_CHARACTER) || letters(line) == 0;
  }

  private static boolean holds(String text, double lettersACharacter) {
    long characters = text.codePoints().filter(MainScript::isEastAsian).count();
    return characters > 0 && characters * lettersACharacter >= letters(text);
  }

  private static long letters(String text) {
    return text.codePoints().filter(c -> Character.isLetter(c) && !isEastAsian(c)).count();
  }

  private static boolean isEastAsian(int c) {
    return (c >= 0x3040 && c < 0xa000) || (c >= 0xac00 && c < 0xd7b0) || Character.isIdeographic(c);
  }
}
