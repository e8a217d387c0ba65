package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.vocabulary.Vocabulary;

/**
 * What the merges of a vocabulary are looked up in, made once and shared by its encoders.
 *
 * @param table the merges by pair
 * @param bonds which neighbouring characters a merge may ever join
 * @param characters the symbols that a piece begins with
 */
record Merging(MergeTable table, CharacterBonds bonds, WholeCharacters characters) {
  /**
   * @param byteIds the token of each byte
   */
  static Merging of(Vocabulary vocabulary, int[] byteIds, Merges merges) {
    var table = new MergeTable(merges);
    var bonds = new CharacterBonds(vocabulary);
    return new Merging(table, bonds, new WholeCharacters(vocabulary, byteIds, bonds, table));
  }
}
