package io.gristmill.trainer.data;

import io.gristmill.mixing.packing.DocumentMask;
import io.gristmill.trainer.model.Batch;
import java.util.Arrays;

/** Room for one micro-batch, filled again and again by one thread. */
public final class BatchBuffer {
  private final int length;
  private final int endOfText;
  private final int[] sequence;
  private final int[] start;
  private final int[] tokens;
  private final int[] targets;
  private final int[] documentStart;

  /**
   * @param sequences at most, of {@code length} tokens each
   * @param endOfText the id that ends a document
   */
  public BatchBuffer(int sequences, int length, int endOfText) {
    this.length = length;
    this.endOfText = endOfText;
    this.sequence = new int[length + 1];
    this.start = new int[length];
    this.tokens = new int[Math.multiplyExact(sequences, length)];
    this.targets = new int[tokens.length];
    this.documentStart = new int[tokens.length];
  }

  /** Where a source puts one sequence of T + 1 tokens before {@link #place}. */
  int[] sequence() {
    return sequence;
  }

  /** Makes {@link #sequence} row {@code row} of the batch; it has {@code count} targets. */
  void place(int row, int count) {
    Arrays.fill(sequence, count + 1, length + 1, endOfText);
    int offset = row * length;
    System.arraycopy(sequence, 0, tokens, offset, length);
    System.arraycopy(sequence, 1, targets, offset, count);
    Arrays.fill(targets, offset + count, offset + length, -1);
    DocumentMask.starts(sequence, length, endOfText, start);
    System.arraycopy(start, 0, documentStart, offset, length);
  }

  /** The first {@code rows} rows; valid until the next {@link #place}. */
  Batch batch(int rows) {
    return new Batch(rows, length, tokens, targets, documentStart);
  }
}
