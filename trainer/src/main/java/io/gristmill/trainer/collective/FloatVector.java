package io.gristmill.trainer.collective;

import java.util.Objects;

/** A long vector of floats that a collective reads and writes piece by piece. */
public interface FloatVector {
  /** Number of floats. */
  long size();

  /** Copies {@code length} floats that begin at {@code from} to {@code target[offset…]}. */
  void read(long from, float[] target, int offset, int length);

  /** Replaces {@code length} floats that begin at {@code from} by {@code source[offset…]}. */
  void write(long from, float[] source, int offset, int length);

  /** A view of an array. */
  static FloatVector of(float[] values) {
    return new FloatVector() {
      @Override
      public long size() {
        return values.length;
      }

      @Override
      public void read(long from, float[] target, int offset, int length) {
        Objects.checkFromIndexSize(from, length, values.length);
        System.arraycopy(values, (int) from, target, offset, length);
      }

      @Override
      public void write(long from, float[] source, int offset, int length) {
        Objects.checkFromIndexSize(from, length, values.length);
        System.arraycopy(source, offset, values, (int) from, length);
      }
    };
  }
}
