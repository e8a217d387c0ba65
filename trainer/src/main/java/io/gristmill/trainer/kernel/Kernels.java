package io.gristmill.trainer.kernel;

/**
 * Every numeric routine of a training step. All arrays are row-major; rows are tokens unless said
 * otherwise. An instance keeps no state: any number of threads may share one, each with its own
 * {@link Scratch}.
 *
 * <p>The two implementations give the same bits. What the bits depend on is fixed here: the depth
 * block of a product, the blocks of attention and of the head, the polynomial of exp, and that a
 * reduction over a row puts element i into lane i mod 16 and then folds 8-4-2-1.
 */
public sealed interface Kernels permits ScalarKernels, VectorKernels {
  /**
   * Depth of a product that is summed in one chain of fused multiply-adds; chains are then added.
   */
  int DEPTH_BLOCK = 384;

  /** Keys, and queries, that attention handles at once. */
  int ATTENTION_BLOCK = 96;

  /** Tokens, and vocabulary rows, that the cross-entropy head handles at once. */
  int HEAD_BLOCK = 384;

  /** Elements of the global order whose squares are summed into one double. */
  int NORM_CHUNK = 65_536;

  /** The fastest kernels that this machine runs. */
  static Kernels best() {
    return new VectorKernels();
  }

  /**
   * The fastest kernels of a precision.
   *
   * @throws IllegalArgumentException if this machine or this process lacks what it needs, saying
   *     what
   */
  static Kernels of(Precision precision) {
    return switch (precision) {
      case FP32 -> best();
      case BF16 -> new VectorKernels(Bf16Products.load());
    };
  }

  /** What runs, for logs and reports: {@code vector, 512 bits}. */
  String description();

  /**
   * The machine instructions that the bits of products depend on, by their name in the library that
   * uses them; empty where they depend on none.
   */
  default String instructions() {
    return "";
  }

  /**
   * c = op(a) op(b). Each element is the sum, over depth blocks of {@link #DEPTH_BLOCK}, of one
   * chain of fused multiply-adds that starts at zero.
   *
   * @throws IllegalArgumentException if the sizes do not fit
   */
  void gemm(Form form, Matrix a, Matrix b, Matrix c, Scratch scratch);

  /** c = c + op(a) op(b), block by block in the order of {@link #gemm}. */
  void gemmAdd(Form form, Matrix a, Matrix b, Matrix c, Scratch scratch);

  /**
   * y[r,:] = gain * (x[r,:] * scale[r]), scale[r] = 1 / sqrt(mean(x[r,:]^2) + eps).
   *
   * @param y output, float[rows * C]; may be x itself
   * @param scale output, float[rows], wanted again by {@link #rmsNormBackward}
   * @param gain learned, float[C]
   * @see <a href="https://arxiv.org/abs/1910.07467">Zhang and Sennrich 2019, eq. 4</a>
   */
  void rmsNorm(float[] y, float[] scale, float[] x, float[] gain, float eps, int rows);

  /** y[r,:] = gain * (x[r,:] * scale[r]): the norm again, from the scales that it left. */
  void rmsNormAgain(float[] y, float[] scale, float[] x, float[] gain, int rows);

  /**
   * Adds to dx and dGain the gradients of {@link #rmsNorm}. With z = x scale and w = dy gain: dx +=
   * scale (w - z mean(w z)), dGain += sum over rows of dy z.
   */
  void rmsNormBackward(
      float[] dx, float[] dGain, float[] dy, float[] scale, float[] x, float[] gain, int rows);

  /**
   * Rotates, in place, each head of each row by its position: with i below headSize/2, (x[i],
   * x[i+headSize/2]) turns by the angle of pair i (the rotate-half layout).
   *
   * @param x float[rows * heads * headSize]
   * @param tables cosines and sines
   * @param positions position of each row inside its document
   * @see <a href="https://arxiv.org/abs/2104.09864">Su et al. 2021</a>
   */
  void rope(float[] x, int rows, int heads, RotaryTables tables, int[] positions);

  /** Rotates back: the gradient of {@link #rope}, in place. */
  void ropeBackward(float[] dx, int rows, int heads, RotaryTables tables, int[] positions);

  /**
   * y = gate / (1 + exp(-gate)) * up, the first {@code length} elements.
   *
   * @see <a href="https://arxiv.org/abs/2002.05202">Shazeer 2020, eq. 6</a>
   */
  void swiGlu(float[] y, float[] gate, float[] up, int length);

  /** Replaces gate and up by the gradients towards them, given dy. */
  void swiGluBackward(float[] gate, float[] up, float[] dy, int length);

  /** y[r,:] = table[tokens[r],:], rows of {@code width}. */
  void gather(float[] y, float[] table, int[] tokens, int rows, int width);

  /** dTable[tokens[r],:] += dy[r,:], rows in order. */
  void scatterAdd(float[] dTable, float[] dy, int[] tokens, int rows, int width);

  /**
   * Causal attention inside documents: query at position p sees keys documentStart[p] to p. Softmax
   * is online over blocks of {@link #ATTENTION_BLOCK} keys (Dao 2023, arXiv 2307.08691, algorithm
   * 1), so memory is linear in the number of keys.
   *
   * @param out output, as q
   * @param maximum output, float[sequences, heads, queries]: the largest score
   * @param inverseSum output, same shape: 1 / sum of exp(score - maximum)
   * @param documentStart per query (row-major as q), first position of its document; never falls
   *     inside a sequence
   */
  void attention(
      AttentionShape shape,
      float[] out,
      float[] maximum,
      float[] inverseSum,
      float[] q,
      float[] k,
      float[] v,
      int[] documentStart,
      Scratch scratch);

  /**
   * The gradients of {@link #attention}, scores computed again block by block (algorithm 2 of the
   * same paper). Overwrites dq, dk and dv. Queries must be all positions.
   */
  void attentionBackward(
      AttentionShape shape,
      float[] dq,
      float[] dk,
      float[] dv,
      float[] dOut,
      float[] out,
      float[] maximum,
      float[] inverseSum,
      float[] q,
      float[] k,
      float[] v,
      int[] documentStart,
      Scratch scratch);

  /**
   * -ln softmax(hidden table^T)[target] for each row, in nats; 0 where the target is negative.
   * Logits stand for {@link #HEAD_BLOCK} rows at a time.
   *
   * @param losses output, float[rows]
   * @param hidden rows x C
   * @param table V x C
   */
  void crossEntropy(float[] losses, Matrix hidden, Matrix table, int[] targets, Scratch scratch);

  /**
   * {@link #crossEntropy} with the gradients, times {@code gradientScale}, of itself plus {@code
   * zLoss} (ln Z)^2, Z the sum of the exponentials of a row's logits: overwrites dHidden, adds to
   * dTable. The losses are without the second term, which keeps logits from drifting.
   *
   * @param zLoss weight of the second term; 0 for none
   * @see <a href="https://arxiv.org/abs/2204.02311">Chowdhery et al. 2022 (PaLM), section 5</a>
   */
  void crossEntropyAndGradient(
      float[] losses,
      Matrix dHidden,
      Matrix dTable,
      Matrix hidden,
      Matrix table,
      int[] targets,
      float gradientScale,
      float zLoss,
      Scratch scratch);

  /** y += x, the first {@code length} elements. */
  void add(float[] y, float[] x, int length);

  /**
   * y = factor x, the first {@code length} elements.
   *
   * @param y output; may be x itself
   */
  void scale(float[] y, float[] x, float factor, int length);

  /**
   * y = x + factor branch, in one fused multiply-add, the first {@code length} elements: what a
   * block adds to the residual stream.
   *
   * @param y output; may be x or branch itself
   */
  void addScaled(float[] y, float[] x, float[] branch, float factor, int length);

  /**
   * y = x factor scale where the mask keeps the element and 0 elsewhere, the first {@code length}
   * elements; the two multipliers are multiplied first. Applied to a gradient it is its own
   * backward pass.
   *
   * @param y output; may be x itself
   */
  void dropout(float[] y, float[] x, DropoutMask mask, float factor, int length);

  /**
   * One AdamW update of {@code length} elements that start at the given offsets.
   *
   * @see AdamWStep
   */
  void adamW(
      AdamWStep step,
      float[] parameters,
      int parameterOffset,
      float[] gradients,
      int gradientOffset,
      float[] first,
      float[] second,
      int momentOffset,
      int length);

  /** Sum of squares in double, element i in lane i mod 16, folded 8-4-2-1. */
  double sumOfSquares(float[] x, int offset, int length);
}
