package io.gristmill.trainer.model;

import java.util.List;

/**
 * One parameter tensor.
 *
 * @param name as in Hugging Face's Llama, for example {@code model.layers.0.mlp.up_proj.weight}
 * @param shape row-major, [out, in] for weights, [channels] for norms
 * @param offset of its first element in the global flat order
 * @param learningRate what the learning rate of the schedule is multiplied by for it; 1 for all
 *     without muP
 */
public record TensorSpec(String name, List<Integer> shape, long offset, double learningRate) {
  public TensorSpec {
    shape = List.copyOf(shape);
  }

  /** Number of elements. */
  public int size() {
    int size = 1;
    for (int extent : shape) {
      size = Math.multiplyExact(size, extent);
    }
    return size;
  }

  /** Whether weight decay applies: matrices yes, norm gains no. */
  public boolean decays() {
    return shape.size() > 1;
  }
}
