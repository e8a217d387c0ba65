package io.gristmill.tokenization.format;

import io.gristmill.tokenization.bpe.Merges;
import io.gristmill.tokenization.vocabulary.AddedToken;
import io.gristmill.tokenization.vocabulary.ByteAlphabet;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Vocabulary and merges of a BPE as texts in the byte alphabet, checked against each other. */
final class VocabularyJson {
  private VocabularyJson() {}

  /** The id of every text in the file: the model's own and the added ones. */
  static Map<String, Integer> ids(Entry vocab, List<AddedToken> added) {
    Map<String, Integer> ids = LinkedHashMap.newLinkedHashMap(vocab.object().node().size());
    vocab.node().fieldNames().forEachRemaining(text -> ids.put(text, vocab.field(text).id()));
    for (AddedToken token : added) {
      Integer other = ids.putIfAbsent(token.content(), token.id());
      if (other != null && other != token.id()) {
        throw vocab.refused(
            "gives \"%s\" the id %d, added_tokens the id %d"
                .formatted(token.content(), other, token.id()));
      }
    }
    return ids;
  }

  static List<byte[]> tokens(Entry vocab, Map<String, Integer> ids, List<AddedToken> added) {
    String[] texts = new String[ids.size()];
    ids.forEach(
        (text, id) -> {
          if (id >= texts.length) {
            throw vocab.refused(
                "gives \"%s\" the id %d, but there are only %d tokens: ids must be 0 to %d without gaps"
                    .formatted(text, id, texts.length, texts.length - 1));
          }
          if (texts[id] != null) {
            throw vocab.refused(
                "gives both \"%s\" and \"%s\" the id %d"
                    .formatted(min(text, texts[id]), max(text, texts[id]), id));
          }
          texts[id] = text;
        });
    byte[][] tokens = new byte[texts.length][];
    for (AddedToken token : added) {
      tokens[token.id()] = token.content().getBytes(StandardCharsets.UTF_8);
    }
    for (int id = 0; id < texts.length; id++) {
      String text = texts[id];
      if (tokens[id] == null) {
        tokens[id] =
            ByteAlphabet.decode(text)
                .orElseThrow(
                    () ->
                        vocab.refused(
                            "has \"%s\", which is not in the alphabet of byte-level BPE"
                                .formatted(text)));
      }
    }
    return List.of(tokens);
  }

  private static String min(String a, String b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static String max(String a, String b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  /** The merges in their order, each two texts in a list or one text with a space between them. */
  static Merges merges(List<Entry> entries, Map<String, Integer> ids) {
    int[] left = new int[entries.size()];
    int[] right = new int[entries.size()];
    int[] result = new int[entries.size()];
    for (int rank = 0; rank < left.length; rank++) {
      Entry entry = entries.get(rank);
      String[] sides = sides(entry);
      left[rank] = id(entry, sides[0], ids);
      right[rank] = id(entry, sides[1], ids);
      result[rank] = id(entry, sides[0] + sides[1], ids);
    }
    return new Merges(left, right, result);
  }

  /**
   * Refuses a token of several bytes that is neither added nor made by a merge: encoding would
   * never give it, so a merge was lost.
   */
  static void requireMerges(
      Entry vocab, List<byte[]> tokens, List<AddedToken> added, Merges merges) {
    var found = new BitSet(tokens.size());
    added.forEach(token -> found.set(token.id()));
    for (int rank = 0; rank < merges.size(); rank++) {
      found.set(merges.result(rank));
    }
    for (int id = found.nextClearBit(0); id < tokens.size(); id = found.nextClearBit(id + 1)) {
      if (tokens.get(id).length > 1) {
        throw vocab.refused(
            "has \"%s\" with id %d, which no merge makes: a merge is missing; copy the file again"
                .formatted(ByteAlphabet.encode(tokens.get(id)), id));
      }
    }
  }

  /** Two texts in a list, or one text with a space between them as older files have it. */
  private static String[] sides(Entry entry) {
    if (entry.node().isArray()) {
      if (entry.node().size() != 2) {
        throw entry.refused("has %d sides, must have 2".formatted(entry.node().size()));
      }
      return new String[] {entry.element(0).text(), entry.element(1).text()};
    }
    String text = entry.text();
    int space = text.indexOf(' ');
    if (space <= 0 || space != text.lastIndexOf(' ') || space == text.length() - 1) {
      throw entry.refused("is \"%s\", must be two tokens with a space between".formatted(text));
    }
    return new String[] {text.substring(0, space), text.substring(space + 1)};
  }

  private static int id(Entry entry, String text, Map<String, Integer> ids) {
    Integer id = ids.get(text);
    if (id == null) {
      throw entry.refused("needs the token \"%s\", which the vocabulary lacks".formatted(text));
    }
    return id;
  }
}
