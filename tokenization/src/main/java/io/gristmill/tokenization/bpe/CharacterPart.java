package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.normalization.Utf8;

/**
 * Which part of UTF-8 text a token is. Training makes none that is a character and a piece of its
 * neighbour (QwenLM/Qwen issue 284 shows what such tokens break).
 */
enum CharacterPart {
  /** One or more whole characters. */
  WHOLE,
  /** Bytes of one character, not all of them. */
  PART,
  /** Bytes of several characters, not all of each; only tokenizers of others have such tokens. */
  MIXED;

  static CharacterPart of(byte[] token) {
    if (isWhole(token)) {
      return WHOLE;
    }
    for (int i = 1; i < token.length; i++) {
      if (Utf8.begins(token[i])) {
        return MIXED;
      }
    }
    return token[0] < 0 ? PART : MIXED;
  }

  private static boolean isWhole(byte[] token) {
    int i = 0;
    while (i < token.length) {
      int character = Utf8.character(token, i, token.length);
      if (character < 0) {
        return false;
      }
      i += Utf8.lengthOf(character);
    }
    return true;
  }
}
