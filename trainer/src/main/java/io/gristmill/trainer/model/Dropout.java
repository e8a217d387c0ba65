package io.gristmill.trainer.model;

import io.gristmill.trainer.kernel.DropoutMask;

/**
 * What a training drops from one micro-batch: channels of the embedding's output, and of what
 * attention and the feed-forward block add to the residual stream (Vaswani et al. 2017, section
 * 5.4; not the scores of attention). The mask depends on the seed, the step, the slot, the layer
 * and the place in the slot, and on nothing else.
 *
 * @param rate share of the channels that are dropped, 0 for none
 * @param step of the training
 * @param slot of the global batch
 * @param micro micro-batch of the slot; all have the same number of tokens
 */
public record Dropout(double rate, long seed, long step, int slot, int micro) {
  private static final int EMBEDDING = 0;

  /** Drops nothing: what is measured, and what generates. */
  public static Dropout none() {
    return new Dropout(0, 0, 0, 0, 0);
  }

  /** The mask of the embedding's output. */
  DropoutMask embedding(int elements) {
    return mask(EMBEDDING, elements);
  }

  /** The mask of what attention adds to the stream. */
  DropoutMask attention(int layer, int elements) {
    return mask(1 + 2 * layer, elements);
  }

  /** The mask of what the feed-forward block adds to the stream. */
  DropoutMask feedForward(int layer, int elements) {
    return mask(2 + 2 * layer, elements);
  }

  /**
   * @param elements of the micro-batch, tokens times channels
   */
  private DropoutMask mask(int site, int elements) {
    long key = SplitMix64.mix(seed + SplitMix64.GOLDEN);
    for (long part : new long[] {step, slot, site}) {
      key = SplitMix64.mix(key + (part + 1) * SplitMix64.GOLDEN);
    }
    return DropoutMask.of(rate, key, micro * elements);
  }
}
