package io.gristmill.trainer.model;

import java.util.List;

/**
 * One parameter tensor.
 *
 * @param name as in Hugging Face's Llama, for example {@code model.layers.0.mlp.up_proj.weight}
 * @param shape row-major, [out, in] for weights, [channels] for norms
 * @param offset of its first element in the global flat order
 */
public record TensorSpec(String name, List<Integer> shape, long offset) {
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
