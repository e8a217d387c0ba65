package io.gristmill.trainer.kernel;

import static io.gristmill.trainer.kernel.Tile.BLOCK_STRIDE;

/** The head's products of operands rounded to bfloat16, block by block. */
final class Bf16HeadProducts implements HeadProducts {
  private final Matrix hidden;
  private final Matrix table;
  private final Scratch scratch;
  private final OneDnn library;
  private final int depth;

  Bf16HeadProducts(Matrix hidden, Matrix table, Scratch scratch, OneDnn library) {
    this.hidden = hidden;
    this.table = table;
    this.scratch = scratch;
    this.library = library;
    this.depth = hidden.columns();
  }

  @Override
  public void forward(int from, int count) {
    Bfloat16.round(hidden.rows(from, count), tokens(count));
  }

  @Override
  public void logits(int row, int rows, int count) {
    Matrix logits = new Matrix(scratch.logits, row * BLOCK_STRIDE, rows, count, BLOCK_STRIDE);
    library.multiply(Form.NT, roundedTable(row, rows), tokens(count), logits, depth, false);
  }

  @Override
  public void backward(int from, int count) {
    // The tokens are still there.
  }

  @Override
  public void addToTable(int row, int rows, int count, Matrix dTable) {
    short[] gradients = gradients(rows, count);
    Bfloat16.round(
        new Matrix(scratch.logits, row * BLOCK_STRIDE, rows, count, BLOCK_STRIDE), gradients);
    library.multiply(Form.NN, gradients, tokens(count), dTable.rows(row, rows), count, true);
  }

  @Override
  public void addToHidden(int row, int rows, int from, int count, Matrix dHidden) {
    library.multiply(
        Form.TN,
        gradients(rows, count),
        roundedTable(row, rows),
        dHidden.rows(from, count),
        rows,
        row > 0);
  }

  private short[] tokens(int count) {
    return scratch.bf16.right(count * depth);
  }

  private short[] gradients(int rows, int count) {
    return scratch.bf16.gradients(rows * count);
  }

  private short[] roundedTable(int row, int rows) {
    short[] rounded = scratch.bf16.left(rows * depth);
    Bfloat16.round(table.rows(row, rows), rounded);
    return rounded;
  }
}
