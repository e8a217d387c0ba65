package io.gristmill.tokenization.exchange;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokenizer;

/**
 * A tokenizer with spare ids at its end, as models whose vocabulary is padded have them; it ends
 * its texts with the last of them, so that the ids need all the bytes that they have.
 */
record Wider(Tokenizer tokenizer, int vocabularySize) implements Tokenizer {
  @Override
  public int endOfText() {
    return vocabularySize - 1;
  }

  @Override
  public byte[] bytesOf(int id) {
    return id < tokenizer.vocabularySize() ? tokenizer.bytesOf(id) : new byte[0];
  }

  @Override
  public boolean isAdded(int id) {
    return id >= tokenizer.vocabularySize() || tokenizer.isAdded(id);
  }

  @Override
  public Encoder encoder() {
    return tokenizer.encoder();
  }

  @Override
  public byte[] decodeBytes(int[] ids) {
    return tokenizer.decodeBytes(ids);
  }

  @Override
  public String sha256() {
    return tokenizer.sha256();
  }
}
