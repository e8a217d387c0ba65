package io.gristmill.trainer.model;

import java.util.SplittableRandom;

/** Random batches with several documents in a sequence and some positions without a target. */
final class Batches {
  private Batches() {}

  static Batch random(ModelConfig config, int sequences, int length, long seed) {
    var random = new SplittableRandom(seed);
    int size = sequences * length;
    int[] tokens = new int[size];
    int[] targets = new int[size];
    int[] starts = new int[size];
    for (int i = 0; i < size; i++) {
      int position = i % length;
      tokens[i] = random.nextInt(config.vocabularySize());
      targets[i] = random.nextInt(7) == 0 ? -1 : random.nextInt(config.vocabularySize());
      boolean begins = position == 0 || random.nextInt(6) == 0;
      starts[i] = begins ? position : starts[i - 1];
    }
    return new Batch(sequences, length, tokens, targets, starts);
  }
}
