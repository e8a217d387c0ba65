package io.gristmill.tokenization.bpe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gristmill.tokenization.pretoken.Pretokenization;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.vocabulary.ByteAlphabet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * BPE as it is told in a lecture: count all pairs, join the best everywhere, again from the start.
 */
final class ReferenceBpe {
  record Pair(String left, String right) {}

  private ReferenceBpe() {}

  /** The merges that are learned from the bytes. */
  static List<Pair> learn(List<String> texts, BpeTrainerConfig config) {
    Map<List<String>, Long> words = new HashMap<>();
    for (String text : texts) {
      words(text, config).forEach(word -> words.merge(word, 1L, Long::sum));
    }
    List<String> tokens = new ArrayList<>(config.addedTokens());
    for (int b : ByteAlphabet.bytesInOrder()) {
      tokens.add(String.valueOf(ByteAlphabet.character(b)));
    }
    return learn(words, tokens, config);
  }

  /** The merges that are learned on top of those of {@code base}. */
  static List<Pair> extend(BpeTokenizer base, List<String> texts, BpeTrainerConfig config) {
    Map<List<String>, Long> words = new HashMap<>();
    for (String text : texts) {
      for (List<String> word : words(text, base.pretokenizer(), config.maxPieceCharacters())) {
        words.merge(encode(word, mergesOf(base)), 1L, Long::sum);
      }
    }
    List<String> tokens = new ArrayList<>();
    for (int id = 0; id < base.vocabularySize(); id++) {
      tokens.add(base.isAdded(id) ? "added " + id : ByteAlphabet.encode(base.bytesOf(id)));
    }
    return learn(words, tokens, config);
  }

  private static List<Pair> learn(
      Map<List<String>, Long> counted, List<String> tokens, BpeTrainerConfig config) {
    Map<List<String>, Long> words = counted;
    List<Pair> merges = new ArrayList<>();
    while (tokens.size() < config.vocabularySize()) {
      Optional<Pair> best = best(words, tokens, config);
      if (best.isEmpty()) {
        break;
      }
      merges.add(best.get());
      tokens.add(best.get().left() + best.get().right());
      Map<List<String>, Long> next = new HashMap<>();
      words.forEach((word, count) -> next.merge(join(word, best.get()), count, Long::sum));
      words = next;
    }
    return merges;
  }

  private static Optional<Pair> best(
      Map<List<String>, Long> words, List<String> tokens, BpeTrainerConfig config) {
    Map<Pair, Long> counts = new HashMap<>();
    words.forEach(
        (word, count) -> {
          for (int i = 0; i + 1 < word.size(); i++) {
            counts.merge(new Pair(word.get(i), word.get(i + 1)), count, Long::sum);
          }
        });
    Map<String, Integer> ids = new HashMap<>();
    tokens.forEach(token -> ids.put(token, ids.size()));
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= config.minFrequency())
        .filter(entry -> allowed(entry.getKey(), config))
        .filter(entry -> !ids.containsKey(entry.getKey().left() + entry.getKey().right()))
        .min(
            Map.Entry.<Pair, Long>comparingByValue()
                .reversed()
                .thenComparingInt(entry -> ids.get(entry.getKey().left()))
                .thenComparingInt(entry -> ids.get(entry.getKey().right())))
        .map(Map.Entry::getKey);
  }

  /** Whole characters with whole characters, or parts of one character. */
  private static boolean allowed(Pair pair, BpeTrainerConfig config) {
    byte[] joined = ByteAlphabet.decode(pair.left() + pair.right()).orElseThrow();
    if (joined.length > config.maxTokenBytes()) {
      return false;
    }
    boolean whole = Arrays.equals(new String(joined, UTF_8).getBytes(UTF_8), joined);
    long begun = 0;
    for (int i = 1; i < joined.length; i++) {
      begun += (joined[i] & 0xC0) != 0x80 ? 1 : 0;
    }
    return whole || (begun == 0 && joined[0] < 0);
  }

  private static List<String> join(List<String> word, Pair pair) {
    List<String> joined = new ArrayList<>();
    int i = 0;
    while (i < word.size()) {
      if (i + 1 < word.size()
          && word.get(i).equals(pair.left())
          && word.get(i + 1).equals(pair.right())) {
        joined.add(pair.left() + pair.right());
        i += 2;
      } else {
        joined.add(word.get(i++));
      }
    }
    return joined;
  }

  /** The pieces of a text as lists of byte characters. */
  private static List<List<String>> words(String text, BpeTrainerConfig config) {
    return words(text, Pretokenizer.named(config.pretokenizer()), config.maxPieceCharacters());
  }

  private static List<List<String>> words(
      String text, Pretokenization pretokenizer, int maxPieceCharacters) {
    byte[] utf8 = text.getBytes(UTF_8);
    List<List<String>> words = new ArrayList<>();
    pretokenizer
        .cutter()
        .cut(
            utf8,
            0,
            utf8.length,
            (from, end) -> {
              int[] characters = new String(utf8, from, end - from, UTF_8).codePoints().toArray();
              for (int i = 0; i < characters.length; ) {
                int length = Math.min(maxPieceCharacters, characters.length - i);
                byte[] part = new String(characters, i, length).getBytes(UTF_8);
                words.add(List.of(ByteAlphabet.encode(part).split("")));
                i += length;
              }
            });
    return words;
  }

  /** The merges of a tokenizer as pairs of byte characters. */
  static List<Pair> mergesOf(BpeTokenizer tokenizer) {
    List<Pair> merges = new ArrayList<>();
    for (int rank = 0; rank < tokenizer.merges().size(); rank++) {
      merges.add(
          new Pair(
              ByteAlphabet.encode(tokenizer.bytesOf(tokenizer.merges().left(rank))),
              ByteAlphabet.encode(tokenizer.bytesOf(tokenizer.merges().right(rank)))));
    }
    return merges;
  }

  /** The tokens of a text: merge by merge in order, each from the left. */
  static List<String> encode(String text, BpeTokenizer tokenizer) {
    List<Pair> merges = mergesOf(tokenizer);
    List<String> tokens = new ArrayList<>();
    for (List<String> word : words(text, tokenizer.pretokenizer(), Integer.MAX_VALUE)) {
      tokens.addAll(encode(word, merges));
    }
    return tokens;
  }

  private static List<String> encode(List<String> word, List<Pair> merges) {
    List<String> joined = word;
    for (Pair pair : merges) {
      joined = join(joined, pair);
    }
    return joined;
  }
}
