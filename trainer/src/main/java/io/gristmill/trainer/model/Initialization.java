package io.gristmill.trainer.model;

import java.util.stream.IntStream;

/**
 * Fresh parameters: norm gains 1, weights normal with the standard deviation that the
 * parametrization gives them. Element i of the global flat order depends on the seed and i alone.
 */
final class Initialization {
  private Initialization() {}

  static Tensors initial(ModelConfig config, ParameterLayout layout, long seed) {
    Tensors parameters = Tensors.zeros(layout);
    IntStream.range(0, layout.tensors().size())
        .parallel()
        .forEach(
            index -> {
              TensorSpec tensor = layout.tensors().get(index);
              fill(parameters.of(index), tensor, seed, deviation(config, layout, index));
            });
    return parameters;
  }

  private static double deviation(ModelConfig config, ParameterLayout layout, int index) {
    Parametrization parametrization = config.parametrization();
    if (index == layout.embedding() || index == layout.head()) {
      return parametrization.initialDeviation();
    }
    String name = layout.tensors().get(index).name();
    return parametrization.initialDeviation(
        config, name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight"));
  }

  private static void fill(float[] values, TensorSpec tensor, long seed, double deviation) {
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.decays() ? (float) (deviation * normal(seed, tensor.offset() + i)) : 1f;
    }
  }

  /** The Box-Muller transform of two uniform numbers that belong to {@code index}. */
  private static double normal(long seed, long index) {
    long key = SplitMix64.mix(seed + SplitMix64.GOLDEN);
    double radius = unit(SplitMix64.mix(key ^ (2 * index + 1) * SplitMix64.GOLDEN));
    double angle = unit(SplitMix64.mix(key ^ (2 * index + 2) * SplitMix64.GOLDEN));
    return StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * Math.PI * angle);
  }

  /** In (0, 1], 53 bits. */
  private static double unit(long bits) {
    return ((bits >>> 11) + 1) * 0x1p-53;
  }
}
