package io.gristmill.trainer.checkpoint;

import java.util.List;

/**
 * One 32-bit float tensor of a safetensors file.
 *
 * @param name Hugging Face name, such as {@code model.norm.weight}
 * @param shape row-major, outermost first
 */
public record TensorEntry(String name, List<Integer> shape) {
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Number of floats. */
  public long size() {
    long size = 1;
    for (int extent : shape) {
      size = Math.multiplyExact(size, (long) extent);
    }
    return size;
  }

  long bytes() {
    return Math.multiplyExact(size(), (long) Float.BYTES);
  }
}
