package io.gristmill.curation.quality.fasttext;

import io.gristmill.curation.quality.ModelInput;

/** Rows as they are, in chunks, since large models have more numbers than an array may hold. */
final class DenseMatrix implements Matrix {
  private static final int CHUNK_FLOATS = 1 << 24;

  private final long rows;
  private final int columns;
  private final int chunkRows;
  private final float[][] chunks;

  private DenseMatrix(long rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.chunkRows = Math.max(1, CHUNK_FLOATS / columns);
    this.chunks = new float[(int) ((rows + chunkRows - 1) / chunkRows)][];
  }

  static DenseMatrix read(ModelInput in, String what) {
    long rows = in.int64(what + " rows");
    long columns = in.int64(what + " columns");
    if (columns < 1 || columns > 1 << 16) {
      throw in.wrong(what + " columns", columns, "must be 1 to 65536; copy the file again");
    }
    if (rows < 0 || rows > in.left() / (4 * columns)) {
      throw in.wrong(
          what + " rows",
          rows,
          "for which %d bytes are too few; the file was cut short, copy it again"
              .formatted(in.left()));
    }
    var matrix = new DenseMatrix(rows, (int) columns);
    long left = rows;
    for (int i = 0; i < matrix.chunks.length; i++) {
      int part = (int) Math.min(left, matrix.chunkRows);
      matrix.chunks[i] = new float[part * matrix.columns];
      in.floats(matrix.chunks[i], 0, matrix.chunks[i].length, what);
      left -= part;
    }
    return matrix;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void addTo(float[] vector, long row) {
    float[] chunk = chunks[(int) (row / chunkRows)];
    int from = (int) (row % chunkRows) * columns;
    for (int i = 0; i < columns; i++) {
      vector[i] += chunk[from + i];
    }
  }

  @Override
  public float dot(float[] vector, long row) {
    float[] chunk = chunks[(int) (row / chunkRows)];
    int from = (int) (row % chunkRows) * columns;
    float sum = 0;
    for (int i = 0; i < columns; i++) {
      sum += chunk[from + i] * vector[i];
    }
    return sum;
  }
}
