package io.gristmill.trainer.vocabulary;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.Merges;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.vocabulary.AddedToken;
import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The tokenizer of the tests, one token a byte, and one that extends it by five tokens. */
public final class ExtendedTokenizer {
  /** Tokens of the old one: the end of text, and byte b as b + 1. */
  public static final int OLD_SIZE = 257;

  /** The new tokens, by the bytes that they are made of. */
  public static final List<byte[]> NEW =
      List.of(
          bytes("th"),
          bytes("the"),
          new byte[] {(byte) 0xE7, (byte) 0xA3},
          bytes("磨"),
          bytes("<|new|>"));

  private ExtendedTokenizer() {}

  /** The old one. */
  public static BpeTokenizer old() {
    return tokenizer(List.of(), List.of(endOfText()), new int[0][]);
  }

  /** The one that extends it. */
  public static BpeTokenizer extended() {
    return tokenizer(
        NEW,
        List.of(endOfText(), new AddedToken(OLD_SIZE + 4, "<|new|>", true)),
        new int[][] {
          {'t' + 1, 'h' + 1, 257},
          {257, 'e' + 1, 258},
          {0xE7 + 1, 0xA3 + 1, 259},
          {259, 0xA8 + 1, 260}
        });
  }

  private static BpeTokenizer tokenizer(List<byte[]> more, List<AddedToken> added, int[][] merges) {
    List<byte[]> tokens = new ArrayList<>();
    tokens.add(bytes(Tokenizer.END_OF_TEXT));
    for (int b = 0; b < 256; b++) {
      tokens.add(new byte[] {(byte) b});
    }
    tokens.addAll(more);
    return new BpeTokenizer(
        Pretokenizer.named("deepseek-v3"),
        new Vocabulary(tokens, added),
        new Merges(column(merges, 0), column(merges, 1), column(merges, 2)));
  }

  private static int[] column(int[][] rows, int column) {
    int[] values = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = rows[i][column];
    }
    return values;
  }

  private static AddedToken endOfText() {
    return new AddedToken(0, Tokenizer.END_OF_TEXT, true);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
