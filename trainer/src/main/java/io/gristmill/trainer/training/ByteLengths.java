package io.gristmill.trainer.training;

import io.gristmill.tokenization.Tokenizer;

/** Bytes of text that each token id stands for. */
public final class ByteLengths {
  private ByteLengths() {}

  public static int[] of(Tokenizer tokenizer) {
    int[] lengths = new int[tokenizer.vocabularySize()];
    for (int id = 0; id < lengths.length; id++) {
      lengths[id] = tokenizer.bytesOf(id).length;
    }
    lengths[tokenizer.endOfText()] = 0; // it stands between documents, not in them
    return lengths;
  }
}
