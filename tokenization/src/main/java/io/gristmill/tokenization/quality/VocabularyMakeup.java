package io.gristmill.tokenization.quality;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a vocabulary consists of.
 *
 * @param kinds how many tokens there are of each kind
 * @param hanLengths how many tokens of Han characters alone there are, by how many of these
 */
public record VocabularyMakeup(
    Map<TokenKind, Integer> kinds, SortedMap<Integer, Integer> hanLengths) {
  public VocabularyMakeup {
    kinds = new EnumMap<>(kinds);
    hanLengths = new TreeMap<>(hanLengths);
  }

  static VocabularyMakeup of(TokenTable table) {
    var kinds = new EnumMap<TokenKind, Integer>(TokenKind.class);
    var hanLengths = new TreeMap<Integer, Integer>();
    for (TokenKind kind : TokenKind.values()) {
      kinds.put(kind, 0);
    }
    for (int id = 0; id < table.size(); id++) {
      kinds.merge(table.kind(id), 1, Integer::sum);
      if (table.kind(id) == TokenKind.HAN) {
        String text = TokenKind.text(table.bytes(id)).orElseThrow().strip();
        hanLengths.merge(text.codePointCount(0, text.length()), 1, Integer::sum);
      }
    }
    return new VocabularyMakeup(kinds, hanLengths);
  }
}
