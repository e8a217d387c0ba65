package io.gristmill.trainer.model;

import java.util.SplittableRandom;

/** Parameters large enough that every gradient is well above rounding. */
final class LivelyParameters {
  private LivelyParameters() {}

  static Tensors of(Llama llama, long seed) {
    Tensors parameters = Tensors.zeros(llama.layout());
    var random = new SplittableRandom(seed);
    for (int tensor = 0; tensor < llama.layout().tensors().size(); tensor++) {
      TensorSpec spec = llama.layout().tensors().get(tensor);
      float[] values = parameters.of(tensor);
      for (int i = 0; i < values.length; i++) {
        double normal = random.nextGaussian();
        values[i] =
            spec.decays()
                ? (float) (normal / Math.sqrt(spec.shape().get(1)))
                : (float) (1 + 0.2 * normal);
      }
    }
    return parameters;
  }

  static double[][] doubles(Tensors parameters) {
    double[][] doubles = new double[parameters.layout().tensors().size()][];
    for (int tensor = 0; tensor < doubles.length; tensor++) {
      float[] values = parameters.of(tensor);
      doubles[tensor] = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        doubles[tensor][i] = values[i];
      }
    }
    return doubles;
  }
}
