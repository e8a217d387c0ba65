package io.gristmill.tokenization.bpe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.vocabulary.ByteAlphabet;
import java.util.ArrayList;
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

  static List<Pair> learn(List<String> texts, BpeTrainerConfig config) {
    Map<List<String>, Long> words = new HashMap<>();
    for (String text : texts) {
      for (List<String> word : words(text, config)) {
        words.merge(word, 1L, Long::sum);
      }
    }
    List<String> vocabulary = new ArrayList<>(config.addedTokens());
    for (int b : ByteAlphabet.bytesInOrder()) {
      vocabulary.add(String.valueOf(ByteAlphabet.character(b)));
    }
    List<Pair> merges = new ArrayList<>();
    while (vocabulary.size() < config.vocabularySize()) {
      Optional<Pair> best = best(words, vocabulary, config);
      if (best.isEmpty()) {
        break;
      }
      merges.add(best.get());
      String joined = best.get().left() + best.get().right();
      if (!vocabulary.contains(joined)) {
        vocabulary.add(joined);
      }
      Map<List<String>, Long> next = new HashMap<>();
      words.forEach((word, count) -> next.merge(join(word, best.get()), count, Long::sum));
      words = next;
    }
    return merges;
  }

  private static Optional<Pair> best(
      Map<List<String>, Long> words, List<String> vocabulary, BpeTrainerConfig config) {
    Map<Pair, Long> counts = new HashMap<>();
    words.forEach(
        (word, count) -> {
          for (int i = 0; i + 1 < word.size(); i++) {
            var pair = new Pair(word.get(i), word.get(i + 1));
            if (allowed(pair, config)) {
              counts.merge(pair, count, Long::sum);
            }
          }
        });
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= config.minFrequency())
        .min(
            Map.Entry.<Pair, Long>comparingByValue()
                .reversed()
                .thenComparingInt(entry -> vocabulary.indexOf(entry.getKey().left()))
                .thenComparingInt(entry -> vocabulary.indexOf(entry.getKey().right())))
        .map(Map.Entry::getKey);
  }

  /** Whole characters with whole characters, or parts of one character. */
  private static boolean allowed(Pair pair, BpeTrainerConfig config) {
    byte[] joined = ByteAlphabet.decode(pair.left() + pair.right()).orElseThrow();
    if (joined.length > config.maxTokenBytes()) {
      return false;
    }
    boolean whole = !new String(joined, UTF_8).contains("\uFFFD");
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
    Pretokenizer pretokenizer = Pretokenizer.named(config.pretokenizer());
    byte[] utf8 = text.getBytes(UTF_8);
    List<List<String>> words = new ArrayList<>();
    for (int from = 0; from < utf8.length; ) {
      int end = pretokenizer.end(utf8, from, utf8.length);
      int[] characters = new String(utf8, from, end - from, UTF_8).codePoints().toArray();
      for (int i = 0; i < characters.length; i += config.maxPieceCharacters()) {
        int length = Math.min(config.maxPieceCharacters(), characters.length - i);
        byte[] part = new String(characters, i, length).getBytes(UTF_8);
        words.add(List.of(ByteAlphabet.encode(part).split("")));
      }
      from = end;
    }
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
    List<String> tokens = new ArrayList<>();
    var config =
        new BpeTrainerConfig(
            1 << 20,
            tokenizer.pretokenizer().name(),
            List.of(Tokenizer.END_OF_TEXT),
            0,
            1,
            4,
            4096);
    for (List<String> word : words(text, config)) {
      List<String> joined = word;
      for (Pair pair : mergesOf(tokenizer)) {
        joined = join(joined, pair);
      }
      tokens.addAll(joined);
    }
    return tokens;
  }
}
