package io.gristmill.trainer.kernel;

/**
 * Working memory of one thread's kernels: packed panels, attention blocks and a block of logits.
 * Allocated once for the largest shapes that it will see; contents mean nothing between calls.
 */
public final class Scratch {
  /** Columns of B that are packed at once: the third level of cache. */
  static final int COLUMN_BLOCK = 2048;

  /** Rows of A that are packed at once; with the next, they fill half of the second level. */
  static final int ROW_BLOCK = 192;

  /** Columns of B that pass a sliver of A before the next sliver's turn. */
  static final int CACHED_COLUMNS = 128;

  /**
   * Every array of packed operands is one array of at least this many floats, so that G1 gives it
   * regions of its own; then element 12, behind a header of 16 bytes, begins a cache line. Loads
   * that straddle lines cost a quarter of the speed of a product.
   */
  private static final int LEAST_ELEMENTS = 1 << 22;

  private static final int LINE = 16;
  private static final int FIRST_IN_LINE = 12;
  private static final int BLOCK = Kernels.ATTENTION_BLOCK;

  final float[] panels;
  final float[] logits;

  final int packedA;
  final int packedB;

  /** Attention forward: keys in slivers, values in panels over all keys, a block of queries. */
  final int keySlivers;

  final int valuePanels;
  final int queryColumns;

  /** Attention backward: keys and values as columns, keys as rows, a block of queries. */
  final int keyColumns;

  final int valueColumns;
  final int keyPanels;
  final int querySlivers;
  final int queryPanels;
  final int outGradientSlivers;
  final int outGradientPanels;

  /** Sums of a block of queries (output, or query gradients), and of all keys. */
  final int blockSums;

  final int keySums;
  final int valueSums;
  final int scores;
  final int scoreGradients;

  /** A block of tokens, as columns by depth blocks and as rows. */
  final int hiddenColumns;

  final int hiddenPanels;

  /** Empty until products are in bfloat16. */
  final Bf16Operands bf16 = new Bf16Operands();

  final float[] edge = new float[12 * 32];
  final float[] lanes = new float[16];
  final float[] maximum = new float[Kernels.HEAD_BLOCK];
  final float[] sum = new float[Kernels.HEAD_BLOCK];
  final float[] weight = new float[Kernels.HEAD_BLOCK];
  final float[] share = new float[Kernels.HEAD_BLOCK];
  final float[] correction = new float[BLOCK];
  final float[] inverse = new float[BLOCK];
  final float[] mean = new float[BLOCK];
  final float[] position = new float[BLOCK];
  final float[] start = new float[BLOCK];

  private Scratch(int keys, int headSize, int hiddenSize, int vocabularySize) {
    var places = new Places();
    int width = Packing.panelElements(headSize, 1);
    int headBlock = Kernels.HEAD_BLOCK;
    packedA = places.next(Packing.sliverElements(ROW_BLOCK, Kernels.DEPTH_BLOCK));
    packedB = places.next(Packing.panelElements(COLUMN_BLOCK, Kernels.DEPTH_BLOCK));
    keySlivers = places.next(Packing.sliverElements(keys, headSize));
    valuePanels = places.next(Packing.panelElements(headSize, keys));
    queryColumns = places.next(Packing.panelElements(BLOCK, headSize));
    keyColumns = places.next(Packing.panelElements(keys, headSize));
    valueColumns = places.next(Packing.panelElements(keys, headSize));
    keyPanels = places.next(Packing.panelElements(headSize, keys));
    querySlivers = places.next(Packing.sliverElements(BLOCK, headSize));
    queryPanels = places.next(Packing.panelElements(headSize, BLOCK));
    outGradientSlivers = places.next(Packing.sliverElements(BLOCK, headSize));
    outGradientPanels = places.next(Packing.panelElements(headSize, BLOCK));
    blockSums = places.next(BLOCK * width);
    keySums = places.next(Math.multiplyExact(keys + BLOCK, width));
    valueSums = places.next(Math.multiplyExact(keys + BLOCK, width));
    scores = places.next(BLOCK * Tile.BLOCK_STRIDE);
    scoreGradients = places.next(BLOCK * Tile.BLOCK_STRIDE);
    hiddenColumns = places.next(Packing.panelElements(headBlock, hiddenSize));
    hiddenPanels = places.next(Packing.panelElements(hiddenSize, headBlock));
    panels = new float[Math.max(LEAST_ELEMENTS, places.end)];
    logits = new float[Math.multiplyExact(Tile.BLOCK_STRIDE, vocabularySize)];
  }

  /** Hands out places in one array, each at the start of a cache line. */
  private static final class Places {
    private int end = FIRST_IN_LINE;

    int next(int elements) {
      int place = end;
      end = Math.addExact(end, (elements + LINE - 1) / LINE * LINE);
      return place;
    }
  }

  /** Enough for products alone. */
  public static Scratch forProducts() {
    return new Scratch(0, 0, 0, 0);
  }

  /** Enough for a whole model: sequences of {@code keys} positions, the given sizes. */
  public static Scratch forModel(int keys, int headSize, int hiddenSize, int vocabularySize) {
    return new Scratch(keys, headSize, hiddenSize, vocabularySize);
  }

  /** Bytes that {@link #forModel} allocates, within a few thousand. */
  public static long bytes(int keys, int headSize, int hiddenSize, int vocabularySize) {
    long width = Packing.panelElements(headSize, 1);
    long products = (long) (ROW_BLOCK + COLUMN_BLOCK) * Kernels.DEPTH_BLOCK;
    long attention = 3L * keys * headSize + 4L * keys * width + 2L * BLOCK * Tile.BLOCK_STRIDE;
    long head = 2L * Kernels.HEAD_BLOCK * hiddenSize;
    long packed = Math.max(LEAST_ELEMENTS, products + attention + head);
    return Float.BYTES * (packed + (long) Tile.BLOCK_STRIDE * vocabularySize);
  }
}
