package io.gristmill.trainer.kernel;

/**
 * A row-major view of part of an array: element (r, c) is {@code data[offset + r * stride + c]}.
 *
 * @param stride elements from one row to the next, at least {@code columns}
 */
@SuppressWarnings("ArrayRecordComponent") // a view: copies of arrays this large are what it avoids
public record Matrix(float[] data, int offset, int rows, int columns, int stride) {
  public Matrix {
    if (rows < 1 || columns < 1 || offset < 0 || stride < columns) {
      throw new IllegalArgumentException(
          "matrix of %d x %d at offset %d with row stride %d; sizes must be positive and the stride at least the columns"
              .formatted(rows, columns, offset, stride));
    }
    if ((rows - 1L) * stride + columns > data.length - (long) offset) {
      throw new IllegalArgumentException(
          "matrix of %d x %d at offset %d with row stride %d ends behind its array of %d elements"
              .formatted(rows, columns, offset, stride, data.length));
    }
  }

  /** The first {@code rows * columns} elements of {@code data}, without gaps. */
  public static Matrix of(float[] data, int rows, int columns) {
    return new Matrix(data, 0, rows, columns, columns);
  }

  /** Rows {@code from} (inclusive) to {@code from + count}. */
  public Matrix rows(int from, int count) {
    return new Matrix(data, offset + from * stride, count, columns, stride);
  }
}
