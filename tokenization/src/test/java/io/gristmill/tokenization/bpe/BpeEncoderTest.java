package io.gristmill.tokenization.bpe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.RandomText;
import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cuts, remembered pieces and whole characters change no id: the plain encoder is the twin. */
class BpeEncoderTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final String TEXT =
      "磨坊把麦子磨成面粉，水推动磨盘，磨坊主把面粉卖掉。哈哈哈哈哈哈 the mill grinds the wheat, the miller's mill"
          + " 水磨 and 风磨 café naïve 一一一 2026年 -------- 𠀋𠀋 😀😀 е́ 臺灣 台灣 ".repeat(3);

  static List<BpeTokenizer> tokenizers() {
    List<BpeTokenizer> tokenizers = new ArrayList<>();
    for (String pretokenizer : List.of("deepseek-v3", "cl100k", "o200k", "gpt-2")) {
      tokenizers.add(learnt(pretokenizer, true));
      tokenizers.add(learnt(pretokenizer, false));
    }
    return tokenizers;
  }

  /**
   * Merges of the most frequent pairs of {@link #TEXT}; with {@code wholeCharacters} only those
   * that never hold a character with a part of another, else as GPT-2's, any bytes with any.
   */
  private static BpeTokenizer learnt(String pretokenizer, boolean wholeCharacters) {
    byte[] text = TEXT.getBytes(UTF_8);
    List<int[]> pieces = new ArrayList<>();
    forEachPiece(
        Pretokenizer.named(pretokenizer),
        text,
        (from, to) -> {
          int[] piece = new int[to - from];
          for (int i = from; i < to; i++) {
            piece[i - from] = text[i] & 0xFF;
          }
          pieces.add(piece);
        });
    List<byte[]> tokens = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      tokens.add(new byte[] {(byte) b});
    }
    List<int[]> merges = new ArrayList<>();
    for (var best = best(pieces, tokens, wholeCharacters);
        best.isPresent() && merges.size() < 200;
        best = best(pieces, tokens, wholeCharacters)) {
      int left = best.get().get(0);
      int right = best.get().get(1);
      byte[] joined = joined(tokens.get(left), tokens.get(right));
      int id = tokens.size();
      for (int other = 0; other < tokens.size(); other++) {
        if (Arrays.equals(tokens.get(other), joined)) {
          id = other;
        }
      }
      if (id == tokens.size()) {
        tokens.add(joined);
      }
      merges.add(new int[] {left, right, id});
      int result = id;
      pieces.replaceAll(piece -> joined(piece, left, right, result));
    }
    return new BpeTokenizer(
        Pretokenizer.named(pretokenizer),
        new Vocabulary(tokens, List.of()),
        new Merges(column(merges, 0), column(merges, 1), column(merges, 2)));
  }

  private static Optional<List<Integer>> best(
      List<int[]> pieces, List<byte[]> tokens, boolean wholeCharacters) {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    for (int[] piece : pieces) {
      for (int i = 0; i + 1 < piece.length; i++) {
        byte[] joined = joined(tokens.get(piece[i]), tokens.get(piece[i + 1]));
        if (!wholeCharacters || isWholeOrInside(joined)) {
          counts.merge(List.of(piece[i], piece[i + 1]), 1, Integer::sum);
        }
      }
    }
    return counts.entrySet().stream()
        .max(
            Map.Entry.<List<Integer>, Integer>comparingByValue()
                .thenComparing(entry -> entry.getKey().toString()))
        .map(Map.Entry::getKey);
  }

  private static int[] column(List<int[]> merges, int side) {
    return merges.stream().mapToInt(merge -> merge[side]).toArray();
  }

  private static boolean isWholeOrInside(byte[] bytes) {
    boolean whole = !new String(bytes, UTF_8).contains("\uFFFD");
    boolean inside = bytes[0] < 0;
    for (int i = 1; i < bytes.length; i++) {
      inside &= (bytes[i] & 0xC0) == 0x80;
    }
    return whole || inside;
  }

  private static byte[] joined(byte[] left, byte[] right) {
    byte[] joined = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }

  private static int[] joined(int[] piece, int left, int right, int result) {
    int[] joined = new int[piece.length];
    int n = 0;
    for (int i = 0; i < piece.length; i++) {
      if (i + 1 < piece.length && piece[i] == left && piece[i + 1] == right) {
        joined[n++] = result;
        i++;
      } else {
        joined[n++] = piece[i];
      }
    }
    return Arrays.copyOf(joined, n);
  }

  @FunctionalInterface
  private interface Piece {
    void cut(int from, int to);
  }

  private static void forEachPiece(Pretokenizer pretokenizer, byte[] text, Piece piece) {
    for (int from = 0; from < text.length; ) {
      int to = pretokenizer.end(text, from, text.length);
      piece.cut(from, to);
      from = to;
    }
  }

  /** From the bytes of each piece, by merges alone. */
  private static int[] plain(BpeTokenizer tokenizer, byte[] text) {
    var table = new MergeTable(tokenizer.merges());
    var tokens = new Tokens();
    forEachPiece(
        tokenizer.pretokenizer(),
        text,
        (from, to) -> {
          var merger = new PieceMerger(table);
          int[] symbols = merger.symbols(to - from);
          for (int i = from; i < to; i++) {
            symbols[i - from] = tokenizer.vocabulary().id(new byte[] {text[i]}).orElseThrow();
          }
          tokens.add(symbols, merger.merge(to - from));
        });
    return tokens.toArray();
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void givesTheIdsOfMergingAlone(BpeTokenizer tokenizer) {
    var random = new SplittableRandom(SEED);
    Encoder encoder = tokenizer.encoder();
    for (int i = 0; i < 3_000; i++) {
      byte[] text = text(random, i);
      assertThat(encoder.encode(text))
          .as(
              "%s, seed %d, text %d: %s",
              tokenizer.pretokenizer(), SEED, i, new String(text, UTF_8))
          .isEqualTo(plain(tokenizer, text));
    }
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void aTextInPartsGetsTheIdsOfTheWhole(BpeTokenizer tokenizer) {
    var random = new SplittableRandom(SEED);
    Encoder encoder = tokenizer.encoder();
    StreamingEncoder streaming = tokenizer.streamingEncoder();
    var streamed = new Tokens();
    for (int i = 0; i < 3_000; i++) {
      byte[] text = joined(text(random, i), text(random, i + 1));
      int most = 1 + random.nextInt(40);
      streamed.clear();
      for (int from = 0; from < text.length; ) {
        int to = Math.min(text.length, from + random.nextInt(most + 1));
        streaming.add(text, from, to, streamed);
        from = to;
      }
      streaming.finish(streamed);
      assertThat(streamed.toArray())
          .as(
              "%s, seed %d, text %d: %s",
              tokenizer.pretokenizer(), SEED, i, new String(text, UTF_8))
          .isEqualTo(encoder.encode(text));
    }
  }

  @Test
  void aStreamHoldsBackNoMoreThanItMust() {
    StreamingEncoder streaming = learnt("deepseek-v3", true).streamingEncoder();
    byte[] text = TEXT.getBytes(UTF_8);
    var streamed = new Tokens();
    for (int i = 0; i < 100; i++) {
      streaming.add(text, 0, text.length, streamed);
    }
    int before = streamed.size();
    streaming.finish(streamed);
    assertThat(streamed.size() - before).isLessThan(50);
  }

  private static byte[] text(SplittableRandom random, int i) {
    byte[] source = TEXT.getBytes(UTF_8);
    byte[] text =
        switch (i % 3) {
          case 0 -> RandomText.of(random, 20).getBytes(UTF_8);
          case 1 -> part(random, source);
          default -> joined(part(random, source), part(random, source));
        };
    if (i % 5 == 0 && text.length > 0) {
      text[random.nextInt(text.length)] = (byte) random.nextInt(256); // no longer well-formed
    }
    return text;
  }

  /** From any byte on, so that characters are cut at both ends. */
  private static byte[] part(SplittableRandom random, byte[] source) {
    int from = random.nextInt(source.length);
    return Arrays.copyOfRange(source, from, Math.min(source.length, from + random.nextInt(120)));
  }

  @Test
  void piecesOfEveryLengthAroundTheCacheAreRememberedExactly() {
    BpeTokenizer tokenizer = learnt("deepseek-v3", true);
    Encoder encoder = tokenizer.encoder();
    for (int round = 0; round < 2; round++) {
      for (int length = 1; length < 3 * PieceCache.MOST_BYTES; length++) {
        for (String unit : List.of("a", "th", "磨", "é", "磨坊")) {
          String text = unit.repeat(length);
          byte[] utf8 = Arrays.copyOf(text.getBytes(UTF_8), length);
          assertThat(encoder.encode(utf8)).as(text).isEqualTo(plain(tokenizer, utf8));
        }
      }
    }
  }

  @Test
  void onlyCharactersThatATokenHoldsAreKeptTogether() {
    var tokens = new ArrayList<byte[]>();
    tokens.add("中文".getBytes(UTF_8));
    tokens.add(" a".getBytes(UTF_8));
    var whole = new CharacterBonds(new Vocabulary(tokens, List.of()));
    assertThat(whole.holdParts()).isFalse();
    assertThat(holds(whole, "中", "文")).isTrue();
    assertThat(holds(whole, "文", "中")).isFalse();
    assertThat(holds(whole, " ", "a")).isTrue();
    tokens.add(Arrays.copyOf(" 然".getBytes(UTF_8), 2)); // a space and the first byte of 然
    tokens.add(Arrays.copyOfRange("中。".getBytes(UTF_8), 2, 6)); // the last byte of 中 and 。
    var parts = new CharacterBonds(new Vocabulary(tokens, List.of()));
    assertThat(parts.holdParts()).isTrue();
    assertThat(holds(parts, " ", "然")).isTrue();
    assertThat(holds(parts, " ", "照")).as("begins with the same byte").isTrue();
    assertThat(holds(parts, " ", "中")).isFalse();
    assertThat(holds(parts, "中", "。")).isTrue();
    assertThat(holds(parts, "文", "。")).isFalse();
  }

  private static boolean holds(CharacterBonds bonds, String left, String right) {
    byte[] l = left.getBytes(UTF_8);
    return bonds.hold(
        left.codePointAt(0), right.codePointAt(0), l[l.length - 1], right.getBytes(UTF_8)[0]);
  }
}
