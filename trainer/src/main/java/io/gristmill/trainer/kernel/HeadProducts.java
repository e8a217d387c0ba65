package io.gristmill.trainer.kernel;

/**
 * The products inside {@link VectorHead}, for blocks of tokens and of vocabulary rows of at most
 * {@link Kernels#HEAD_BLOCK}. Logits, and later their gradients, stand in {@link Scratch#logits}:
 * element (vocabulary row, token of the block) at {@code row * BLOCK_STRIDE + token}.
 */
interface HeadProducts {
  /** Begins a block of {@code count} tokens at row {@code from} of the hidden states. */
  void forward(int from, int count);

  /** Logits of {@code rows} vocabulary rows from {@code row}, for all tokens of the block. */
  void logits(int row, int rows, int count);

  /** Begins the gradients of the block that {@link #forward} began. */
  void backward(int from, int count);

  /** dTable[row + i, :] += sum over tokens of gradient[row + i, token] hidden[token, :]. */
  void addToTable(int row, int rows, int count, Matrix dTable);

  /**
   * dHidden[token, :] = or, behind the first rows, += sum of gradient[row + i, token] table[row +
   * i, :]. Comes after {@link #addToTable} of the same rows.
   */
  void addToHidden(int row, int rows, int from, int count, Matrix dHidden);
}
