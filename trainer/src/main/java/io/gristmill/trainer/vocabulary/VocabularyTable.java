package io.gristmill.trainer.vocabulary;

import io.gristmill.trainer.checkpoint.SafetensorsReader;
import io.gristmill.trainer.checkpoint.SafetensorsWriter;
import io.gristmill.trainer.checkpoint.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;

/**
 * Streams a table with one row for each id, an embedding or an output head, from a model to an
 * extended one:
 *
 * <ul>
 *   <li>rows of old ids as they are;
 *   <li>the row of each new id: the mean of the rows of its pieces, in the order of the pieces;
 *   <li>rows that no id has, as far as the model had them, as they are;
 *   <li>further rows, which pad the table: the mean of the rows of all old ids.
 * </ul>
 *
 * Means are summed in double precision, then rounded to 32 bits and to the table's type. Only the
 * rows of pieces are held, so a table may be larger than the heap.
 */
final class VocabularyTable {
  private static final int BLOCK_BYTES = 1 << 20;

  private final SafetensorsReader from;
  private final TensorEntry table;
  private final VocabularyExtension extension;
  private final SafetensorsWriter to;
  private final int rowBytes;
  private final float[] values; // one row

  VocabularyTable(
      SafetensorsReader from,
      TensorEntry table,
      VocabularyExtension extension,
      SafetensorsWriter to) {
    this.from = from;
    this.table = table;
    this.extension = extension;
    this.to = to;
    int channels = table.shape().getLast();
    this.rowBytes = Math.multiplyExact(channels, table.dtype().bytes());
    this.values = new float[channels];
  }

  /** The same table with {@code rows} rows. */
  static TensorEntry resized(TensorEntry table, int rows) {
    return new TensorEntry(table.name(), table.dtype(), List.of(rows, table.shape().getLast()));
  }

  /** Writes the whole table, {@code rows} in all. */
  void write(int rows) throws IOException {
    int oldRows = table.shape().getFirst();
    int padding = rows - Math.max(oldRows, extension.size());
    BitSet used = extension.used();
    byte[][] pieces = new byte[extension.oldSize()][];
    double[] total = new double[values.length];
    copy(
        0,
        extension.oldSize(),
        (id, row) -> {
          if (used.get(id)) {
            pieces[id] = new byte[rowBytes];
            row.get(0, pieces[id]);
          }
          if (padding > 0) {
            add(row, total);
          }
        });
    for (int id = extension.oldSize(); id < extension.size(); id++) {
      double[] sum = new double[values.length];
      int[] ids = extension.pieces(id);
      for (int piece : ids) {
        add(littleEndian(pieces[piece], 0), sum);
      }
      to.writeBytes(mean(sum, ids.length), 0, rowBytes);
    }
    copy(extension.size(), oldRows, (id, row) -> {});
    byte[] mean = mean(total, extension.oldSize());
    for (int row = 0; row < padding; row++) {
      to.writeBytes(mean, 0, rowBytes);
    }
  }

  /** Sees each row that is copied. */
  private interface Visitor {
    void see(int row, ByteBuffer bytes);
  }

  private void copy(int first, int end, Visitor visitor) throws IOException {
    int most = Math.max(1, BLOCK_BYTES / rowBytes);
    byte[] block = new byte[most * rowBytes];
    for (int row = first; row < end; row += most) {
      int count = Math.min(most, end - row);
      from.readBytes(table.name(), (long) row * rowBytes, block, 0, count * rowBytes);
      to.writeBytes(block, 0, count * rowBytes);
      for (int i = 0; i < count; i++) {
        visitor.see(row + i, littleEndian(block, i * rowBytes));
      }
    }
  }

  private ByteBuffer littleEndian(byte[] bytes, int offset) {
    return ByteBuffer.wrap(bytes, offset, rowBytes).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void add(ByteBuffer row, double[] sum) {
    table.dtype().read(row, values, 0, values.length);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }

  private byte[] mean(double[] sum, int count) {
    for (int i = 0; i < sum.length; i++) {
      values[i] = (float) (sum[i] / count);
    }
    byte[] row = new byte[rowBytes];
    table.dtype().write(values, littleEndian(row, 0));
    return row;
  }
}
