package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotTreeTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(ModelConfig.of(17, 8, 1, 2, 12, 16));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 16})
  void anyOrderOfArrivalGivesTheSameSum(int slots) {
    float[][] values = new float[slots][];
    var random = new SplittableRandom(SEED);
    for (int slot = 0; slot < slots; slot++) {
      values[slot] = new float[(int) LAYOUT.size()];
      for (int i = 0; i < values[slot].length; i++) {
        values[slot][i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-4, 5)));
      }
    }
    float[] expected = treeSum(values, 0, slots);

    var tree = new SlotTree(LAYOUT, slots);
    for (int round = 0; round < 5; round++) {
      for (int slot : permutation(random, slots)) {
        Tensors gradients = tree.lease();
        gradients.copyFrom(0, values[slot], 0, values[slot].length);
        tree.arrive(slot, gradients);
      }
      Tensors root = tree.root();
      float[] actual = new float[expected.length];
      root.copyTo(0, actual, 0, actual.length);
      tree.release(root);
      assertThat(Arrays.mismatch(actual, expected)).as("seed %d", SEED).isEqualTo(-1);
    }
  }

  private static float[] treeSum(float[][] values, int from, int to) {
    if (to - from == 1) {
      return values[from];
    }
    float[] left = treeSum(values, from, (from + to) / 2);
    float[] right = treeSum(values, (from + to) / 2, to);
    float[] sum = new float[left.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = left[i] + right[i];
    }
    return sum;
  }

  private static int[] permutation(SplittableRandom random, int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
