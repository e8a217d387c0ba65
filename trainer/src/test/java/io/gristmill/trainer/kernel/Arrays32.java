package io.gristmill.trainer.kernel;

import java.util.SplittableRandom;

/** Random arrays for tests. */
final class Arrays32 {
  private Arrays32() {}

  static float[] normal(SplittableRandom random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Document starts of sequences, a new document at one position in {@code every}. */
  static int[] documentStarts(SplittableRandom random, int sequences, int length, int every) {
    int[] starts = new int[sequences * length];
    for (int i = 0; i < starts.length; i++) {
      int position = i % length;
      starts[i] = position == 0 || random.nextInt(every) == 0 ? position : starts[i - 1];
    }
    return starts;
  }
}
