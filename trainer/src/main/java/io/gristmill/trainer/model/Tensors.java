package io.gristmill.trainer.model;

import java.util.Arrays;

/** One float array per tensor of a layout: parameters, gradients, or anything of their shape. */
public final class Tensors {
  private final ParameterLayout layout;
  private final float[][] arrays;

  private Tensors(ParameterLayout layout) {
    this.layout = layout;
    this.arrays = new float[layout.tensors().size()][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = new float[layout.tensors().get(i).size()];
    }
  }

  /** All zero. */
  public static Tensors zeros(ParameterLayout layout) {
    return new Tensors(layout);
  }

  public ParameterLayout layout() {
    return layout;
  }

  /** The array of a tensor, by its index in the layout; not a copy. */
  public float[] of(int tensor) {
    return arrays[tensor];
  }

  /** Copies {@code length} elements, from {@code from} in the global flat order, into target. */
  public void copyTo(long from, float[] target, int offset, int length) {
    int tensor = length == 0 ? 0 : layout.tensorAt(from);
    int done = 0;
    while (done < length) {
      int start = Math.toIntExact(from + done - layout.tensors().get(tensor).offset());
      int count = Math.min(length - done, arrays[tensor].length - start);
      System.arraycopy(arrays[tensor], start, target, offset + done, count);
      done += count;
      tensor++;
    }
  }

  /** Copies {@code length} elements of source to {@code to} in the global flat order. */
  public void copyFrom(long to, float[] source, int offset, int length) {
    int tensor = length == 0 ? 0 : layout.tensorAt(to);
    int done = 0;
    while (done < length) {
      int start = Math.toIntExact(to + done - layout.tensors().get(tensor).offset());
      int count = Math.min(length - done, arrays[tensor].length - start);
      System.arraycopy(source, offset + done, arrays[tensor], start, count);
      done += count;
      tensor++;
    }
  }

  /** Adds other, element by element. */
  public void add(Tensors other) {
    for (int tensor = 0; tensor < arrays.length; tensor++) {
      float[] target = arrays[tensor];
      float[] source = other.arrays[tensor];
      for (int i = 0; i < target.length; i++) {
        target[i] += source[i];
      }
    }
  }

  /** Sets every element to zero. */
  public void zero() {
    for (float[] array : arrays) {
      Arrays.fill(array, 0f);
    }
  }
}
