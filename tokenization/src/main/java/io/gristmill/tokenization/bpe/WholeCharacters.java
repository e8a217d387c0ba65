package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.util.Arrays;

/**
 * The symbols that a piece begins with. Where no token holds a character with a part of another,
 * the merges inside a character do not depend on its neighbours, so a character that becomes one
 * token may begin as that token: a third of the symbols of a Han text, and of the merges hardly
 * any. In other vocabularies a piece begins with its bytes.
 */
final class WholeCharacters {
  private static final int NONE = -1;

  private final int[] byteIds;
  private final int[] characterIds;

  /**
   * @param byteIds the token of each byte
   */
  WholeCharacters(Vocabulary vocabulary, int[] byteIds, CharacterBonds bonds, MergeTable table) {
    this.byteIds = byteIds;
    this.characterIds = new int[bonds.holdParts() ? 0 : Character.MIN_SUPPLEMENTARY_CODE_POINT];
    Arrays.fill(characterIds, NONE);
    var merger = new PieceMerger(table);
    for (int id = 0; id < vocabulary.size(); id++) {
      int length = vocabulary.length(id);
      if (length < 2 || length > 3 || vocabulary.isAdded(id)) {
        continue;
      }
      byte[] token = vocabulary.bytes(id);
      int character = Utf8.character(token, 0, length);
      if (character >= 0 && character < characterIds.length && Utf8.length(token[0]) == length) {
        int[] symbols = merger.symbols(length);
        for (int i = 0; i < length; i++) {
          symbols[i] = byteIds[token[i] & 0xFF];
        }
        if (merger.merge(length) == 1) {
          characterIds[character] = symbols[0];
        }
      }
    }
  }

  /** Writes the first symbols of a piece and returns how many they are, at most its bytes. */
  int symbols(byte[] utf8, int from, int to, int[] symbols) {
    int count = 0;
    int i = from;
    while (i < to) {
      if (utf8[i] < 0 && characterIds.length > 0) {
        int character = Utf8.character(utf8, i, to);
        if (character >= 0 && character < characterIds.length && characterIds[character] != NONE) {
          symbols[count++] = characterIds[character];
          i += Utf8.length(utf8[i]);
          continue;
        }
      }
      symbols[count++] = byteIds[utf8[i++] & 0xFF];
    }
    return count;
  }
}
