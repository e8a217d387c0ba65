package io.gristmill.trainer.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One tensor of a safetensors file.
 *
 * @param name Hugging Face name, such as {@code model.norm.weight}
 * @param shape row-major, outermost first
 */
public record TensorEntry(String name, Dtype dtype, List<Integer> shape) {
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** A tensor of 32-bit floats. */
  public static TensorEntry float32(String name, List<Integer> shape) {
    return new TensorEntry(name, Dtype.F32, shape);
  }

  /** Number of elements. */
  public long size() {
    long size = 1;
    for (int extent : shape) {
      size = Math.multiplyExact(size, (long) extent);
    }
    return size;
  }

  /** Bytes in the file. */
  public long bytes() {
    return Math.multiplyExact(size(), (long) dtype.bytes());
  }

  /** Fails unless the names and shapes are the same and the numbers are weights. */
  static void requireSame(List<TensorEntry> found, List<TensorEntry> expected, Object where)
      throws IOException {
    Map<String, TensorEntry> byName =
        found.stream().collect(Collectors.toMap(TensorEntry::name, Function.identity()));
    for (TensorEntry entry : expected) {
      TensorEntry here = byName.remove(entry.name());
      if (here == null) {
        throw new IOException("%s: %s is missing".formatted(where, entry.name()));
      }
      if (!here.shape().equals(entry.shape())) {
        throw new IOException(
            "%s: %s has shape %s, the model needs %s"
                .formatted(where, entry.name(), here.shape(), entry.shape()));
      }
      if (!here.dtype().isWeight()) {
        throw new IOException(
            "%s: %s is of type %s, weights are F32, BF16 or F16"
                .formatted(where, entry.name(), here.dtype()));
      }
    }
    for (TensorEntry entry : found) {
      if (byName.containsKey(entry.name())) {
        throw new IOException(
            "%s: holds %s, which the model does not have".formatted(where, entry.name()));
      }
    }
  }
}
