package io.gristmill.trainer.model;

import io.gristmill.trainer.kernel.Precision;
import io.gristmill.trainer.kernel.Scratch;

/**
 * Every activation of one micro-batch, allocated once and owned by one thread at a time. Norm
 * outputs and the SwiGLU product are not kept: backward computes them again.
 */
public final class Workspace {
  /** What one layer keeps from forward for backward; rows are tokens. */
  static final class Layer {
    final float[] input;
    final float[] inputScale;
    final float[] query;
    final float[] queryScale; // of the norms of queries and keys; empty without them
    final float[] key;
    final float[] keyScale;
    final float[] value;
    final float[] attention;
    final float[] maximum;
    final float[] inverseSum;
    final float[] middle;
    final float[] middleScale;
    final float[] gate;
    final float[] up;

    /** Another layer's memory, but for the input. */
    private Layer(ModelConfig config, int rows, Layer shared) {
      input = floats(rows, config.hiddenSize());
      inputScale = shared.inputScale;
      query = shared.query;
      queryScale = shared.queryScale;
      key = shared.key;
      keyScale = shared.keyScale;
      value = shared.value;
      attention = shared.attention;
      maximum = shared.maximum;
      inverseSum = shared.inverseSum;
      middle = shared.middle;
      middleScale = shared.middleScale;
      gate = shared.gate;
      up = shared.up;
    }

    private Layer(ModelConfig config, int rows) {
      input = floats(rows, config.hiddenSize());
      inputScale = floats(rows, 1);
      query = floats(rows, config.queryWidth());
      queryScale = floats(rows, config.queryKeyNorm() ? config.heads() : 0);
      key = floats(rows, config.keyValueWidth());
      keyScale = floats(rows, config.queryKeyNorm() ? config.keyValueHeads() : 0);
      value = floats(rows, config.keyValueWidth());
      attention = floats(rows, config.queryWidth());
      maximum = floats(rows, config.heads());
      inverseSum = floats(rows, config.heads());
      middle = floats(rows, config.hiddenSize());
      middleScale = floats(rows, 1);
      gate = floats(rows, config.intermediateSize());
      up = floats(rows, config.intermediateSize());
    }
  }

  /** What of each layer stays in memory from forward to backward. */
  public enum Keep {
    /** Everything that backward needs. */
    ALL,
    /**
     * Its input alone; backward computes the rest again (Chen et al. 2016, arXiv 1604.06174, with
     * every layer a segment).
     */
    INPUTS
  }

  final boolean keepsAll;
  final int capacity;
  final int length;
  final int[] positions;
  final Layer[] layers;
  final float[] output;
  final float[] outputScale;
  final float[] normed;
  final float[] activation;
  final float[] normedQuery; // and rotated; then the gradient before the norm
  final float[] normedKey;
  final float[] dStream;
  final float[] dNormed;
  final float[] dActivation;
  final float[] dAttention;
  final float[] dQuery;
  final float[] dKey;
  final float[] dValue;
  final float[] losses;
  final Scratch scratch;

  Workspace(ModelConfig config, int sequences, int length, Keep keep) {
    int rows = Math.multiplyExact(sequences, length);
    keepsAll = keep == Keep.ALL;
    capacity = rows;
    this.length = length;
    positions = new int[rows];
    layers = new Layer[config.layers()];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = i == 0 || keepsAll ? new Layer(config, rows) : new Layer(config, rows, layers[0]);
    }
    output = floats(rows, config.hiddenSize());
    outputScale = floats(rows, 1);
    normed = floats(rows, config.hiddenSize());
    activation = floats(rows, config.intermediateSize());
    normedQuery = floats(rows, config.queryKeyNorm() ? config.queryWidth() : 0);
    normedKey = floats(rows, config.queryKeyNorm() ? config.keyValueWidth() : 0);
    dStream = floats(rows, config.hiddenSize());
    dNormed = floats(rows, config.hiddenSize());
    dActivation = floats(rows, config.intermediateSize());
    dAttention = floats(rows, config.queryWidth());
    dQuery = floats(rows, config.queryWidth());
    dKey = floats(rows, config.keyValueWidth());
    dValue = floats(rows, config.keyValueWidth());
    losses = floats(rows, 1);
    scratch =
        Scratch.forModel(length, config.headSize(), config.hiddenSize(), config.vocabularySize());
  }

  /** Bytes that {@link Llama#workspace} allocates for the given sizes. */
  public static long bytes(ModelConfig config, int sequences, int length) {
    return bytes(config, sequences, length, Keep.ALL);
  }

  /** Bytes of a workspace that keeps so much of each layer. */
  public static long bytes(ModelConfig config, int sequences, int length, Keep keep) {
    long stream = config.hiddenSize();
    long query = config.queryWidth();
    long key = config.keyValueWidth();
    long inner = config.intermediateSize();
    long layer = 2 * stream + 2 * query + 2 * key + 2 * inner + 2L * config.heads() + 2;
    long shared = 4 * stream + 2 * query + 2 * key + 2 * inner + 3;
    if (config.queryKeyNorm()) {
      layer += config.heads() + config.keyValueHeads();
      shared += query + key;
    }
    long rows = (long) sequences * length;
    long layers =
        keep == Keep.ALL ? config.layers() * layer : layer + (config.layers() - 1) * stream;
    return Float.BYTES * rows * (layers + shared)
        + Scratch.bytes(length, config.headSize(), config.hiddenSize(), config.vocabularySize());
  }

  /** Bytes that the rounded operands of products take beside those, after the first step. */
  public static long operandBytes(
      Precision precision, ModelConfig config, int sequences, int length) {
    long widest =
        Math.max(config.hiddenSize(), Math.max(config.queryWidth(), config.intermediateSize()));
    long activations = widest * sequences * length;
    long weights = widest * Math.max(config.hiddenSize(), config.queryWidth());
    return precision.operandBytes(activations, weights, config.hiddenSize());
  }

  private static float[] floats(int rows, int width) {
    return new float[Math.multiplyExact(rows, width)];
  }
}
