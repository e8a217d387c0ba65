package io.gristmill.tokenization.quality;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.Merges;
import java.util.Arrays;

/**
 * The tokens of a tokenizer by id: their bytes, kinds, and what merges make of them. Not
 * thread-safe.
 */
final class TokenTable {
  private static final int NONE = -1;

  private final Tokenizer tokenizer;
  private final Encoder encoder;
  private final byte[][] bytes;
  private final TokenKind[] kinds;
  private final int encodable;

  TokenTable(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.encoder = tokenizer.encoder();
    this.bytes = new byte[tokenizer.vocabularySize()][];
    this.kinds = new TokenKind[bytes.length];
    int encodable = 0;
    for (int id = 0; id < bytes.length; id++) {
      bytes[id] = tokenizer.bytesOf(id);
      kinds[id] = tokenizer.isAdded(id) ? TokenKind.ADDED : TokenKind.of(bytes[id]);
      encodable += tokenizer.isAdded(id) ? 0 : 1;
    }
    this.encodable = encodable;
  }

  int size() {
    return bytes.length;
  }

  /** How many tokens encoding can give: all but the added ones. */
  int encodable() {
    return encodable;
  }

  byte[] bytes(int id) {
    return bytes[id];
  }

  TokenKind kind(int id) {
    return kinds[id];
  }

  boolean isAdded(int id) {
    return kinds[id] == TokenKind.ADDED;
  }

  /** Whether the token is one byte that is a whole character by itself or part of one. */
  boolean isByte(int id) {
    return !isAdded(id) && bytes[id].length == 1;
  }

  /** Whether the token is one byte of a character of several. */
  boolean isPartialByte(int id) {
    return isByte(id) && bytes[id][0] < 0;
  }

  /** Whether the token's own text is encoded as that token alone. */
  boolean encodesItself(int id) {
    return Arrays.equals(encoder.encode(bytes[id]), new int[] {id});
  }

  /**
   * For each token the most frequent one that a merge makes with it as a side, or {@value #NONE}: a
   * token that is met seldom but has one was a step on the way to it.
   */
  int[] mergedInto(long[] counts) {
    int[] into = new int[bytes.length];
    Arrays.fill(into, NONE);
    if (tokenizer instanceof BpeTokenizer bpe) {
      Merges merges = bpe.merges();
      for (int rank = 0; rank < merges.size(); rank++) {
        prefer(merges.left(rank), merges.result(rank), into, counts);
        prefer(merges.right(rank), merges.result(rank), into, counts);
      }
    }
    return into;
  }

  private static void prefer(int side, int result, int[] into, long[] counts) {
    if (into[side] == NONE || counts[result] > counts[into[side]]) {
      into[side] = result;
    }
  }
}
