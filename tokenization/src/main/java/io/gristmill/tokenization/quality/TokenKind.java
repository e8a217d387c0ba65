package io.gristmill.tokenization.quality;

import java.lang.Character.UnicodeScript;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What a token is written in. */
public enum TokenKind {
  /** Special or reserved: encoding text never gives it. */
  ADDED,
  /** Not whole characters: bytes that are a part of one, or that cross the border of two. */
  PARTIAL,
  HAN,
  LATIN,
  /** Letters of one other script or several. */
  OTHER_LETTERS,
  DIGITS,
  /** Marks, symbols and controls. */
  PUNCTUATION,
  SPACE,
  /** Of two kinds or more, white space not counted. */
  MIXED;

  /** The name in quality.json. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a token that encoding can give. */
  static TokenKind of(byte[] token) {
    Optional<String> text = text(token);
    if (text.isEmpty()) {
      return PARTIAL;
    }
    TokenKind kind = SPACE;
    int[] codePoints = text.get().codePoints().toArray();
    for (int codePoint : codePoints) {
      TokenKind own = of(codePoint, kind);
      if (kind == SPACE || own == kind) {
        kind = own;
      } else if (own != SPACE) {
        return MIXED;
      }
    }
    return kind;
  }

  /** The text of a token; empty if it is not whole characters. */
  static Optional<String> text(byte[] token) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(token)).toString());
    } catch (CharacterCodingException partial) {
      return Optional.empty();
    }
  }

  private static TokenKind of(int codePoint, TokenKind before) {
    if (Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint)) {
      return SPACE;
    }
    return switch (Character.getType(codePoint)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER ->
          letter(UnicodeScript.of(codePoint));
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          DIGITS;
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          before == SPACE ? OTHER_LETTERS : before; // a mark belongs to what it stands on
      default -> PUNCTUATION;
    };
  }

  private static TokenKind letter(UnicodeScript script) {
    return switch (script) {
      case HAN -> HAN;
      case LATIN -> LATIN;
      default -> OTHER_LETTERS;
    };
  }
}
