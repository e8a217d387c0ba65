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
    final float[] key;
    final float[] value;
    final float[] attention;
    final float[] maximum;
    final float[] inverseSum;
    final float[] middle;
    final float[] middleScale;
    final float[] gate;
    final float[] up;

    private Layer(ModelConfig config, int rows) {
      input = floats(rows, config.hiddenSize());
      inputScale = floats(rows, 1);
      query = floats(rows, config.queryWidth());
      key = floats(rows, config.keyValueWidth());
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

  final int capacity;
  final int length;
  final int[] positions;
  final Layer[] layers;
  final float[] output;
  final float[] outputScale;
  final float[] normed;
  final float[] activation;
  final float[] dStream;
  final float[] dNormed;
  final float[] dActivation;
  final float[] dAttention;
  final float[] dQuery;
  final float[] dKey;
  final float[] dValue;
  final float[] losses;
  final Scratch scratch;

  Workspace(ModelConfig config, int sequences, int length) {
    int rows = Math.multiplyExact(sequences, length);
    capacity = rows;
    this.length = length;
    positions = new int[rows];
    layers = new Layer[config.layers()];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = new Layer(config, rows);
    }
    output = floats(rows, config.hiddenSize());
    outputScale = floats(rows, 1);
    normed = floats(rows, config.hiddenSize());
    activation = floats(rows, config.intermediateSize());
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
    long stream = config.hiddenSize();
    long query = config.queryWidth();
    long key = config.keyValueWidth();
    long inner = config.intermediateSize();
    long layer = 2 * stream + 2 * query + 2 * key + 2 * inner + 2L * config.heads() + 2;
    long shared = 4 * stream + 2 * query + 2 * key + 2 * inner + 3;
    long rows = (long) sequences * length;
    return Float.BYTES * rows * (config.layers() * layer + shared)
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
