package io.gristmill.trainer.model;

import io.gristmill.trainer.kernel.AttentionShape;
import io.gristmill.trainer.kernel.Form;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.kernel.Matrix;
import io.gristmill.trainer.kernel.Scratch;
import io.gristmill.trainer.model.ParameterLayout.Part;

/**
 * A model that reads one document token by token and keeps the keys and values of what it has read,
 * so that a further token costs no more than its own row. Its logits are those of {@link
 * Llama#logits} at the same position. Not thread-safe.
 */
public final class Decoder {
  private final Llama model;
  private final ModelConfig config;
  private final Kernels kernels;
  private final Tensors parameters;
  private final int positions;
  private final float[][] keys;
  private final float[][] values;
  private final Row row;
  private int position;

  /**
   * @param positions tokens that it can read
   * @throws IllegalArgumentException if that is more than the model's positions
   */
  public Decoder(Llama model, Tensors parameters, int positions) {
    this.model = model;
    this.config = model.config();
    this.kernels = model.kernels();
    this.parameters = parameters;
    this.positions = positions;
    if (positions < 1 || positions > config.maxSequenceLength()) {
      throw new IllegalArgumentException(
          "a decoder of %d positions, must be 1 to the model's %d"
              .formatted(positions, config.maxSequenceLength()));
    }
    this.keys = new float[config.layers()][positions * config.keyValueWidth()];
    this.values = new float[config.layers()][positions * config.keyValueWidth()];
    this.row = new Row(config, positions);
  }

  /** The activations of one token. */
  private static final class Row {
    final int[] token = new int[1];
    final int[] position = new int[1];
    final int[] documentStart = new int[1];
    final float[] stream;
    final float[] normed;
    final float[] scale = new float[1];
    final float[] headScale;
    final float[] query;
    final float[] keyOrValue;
    final float[] attention;
    final float[] maximum;
    final float[] inverseSum;
    final float[] gate;
    final float[] up;
    final float[] activation;
    final Scratch scratch;

    Row(ModelConfig config, int positions) {
      stream = new float[config.hiddenSize()];
      normed = new float[config.hiddenSize()];
      headScale = new float[config.heads()];
      query = new float[config.queryWidth()];
      keyOrValue = new float[config.keyValueWidth()];
      attention = new float[config.queryWidth()];
      maximum = new float[config.heads()];
      inverseSum = new float[config.heads()];
      gate = new float[config.intermediateSize()];
      up = new float[config.intermediateSize()];
      activation = new float[config.intermediateSize()];
      scratch =
          Scratch.forModel(
              positions, config.headSize(), config.hiddenSize(), config.vocabularySize());
    }
  }

  /** Tokens read so far. */
  public int position() {
    return position;
  }

  /**
   * Reads a token.
   *
   * @return scores of every vocabulary entry for the next one, float[V]
   * @throws IllegalArgumentException if the token is outside the vocabulary
   * @throws IllegalStateException if all positions are taken
   */
  public float[] next(int token) {
    if (token < 0 || token >= config.vocabularySize()) {
      throw new IllegalArgumentException(
          "token %d is outside the vocabulary of %d".formatted(token, config.vocabularySize()));
    }
    if (position == positions) {
      throw new IllegalStateException("all %d positions are taken".formatted(positions));
    }
    row.token[0] = token;
    row.position[0] = position;
    ParameterLayout layout = model.layout();
    kernels.gather(
        row.stream, parameters.of(layout.embedding()), row.token, 1, config.hiddenSize());
    multiply(row.stream, model.multipliers().embedding());
    for (int layer = 0; layer < config.layers(); layer++) {
      attend(layer);
      feedForward(layer);
    }
    norm(parameters.of(layout.finalNorm()));
    multiply(row.normed, model.multipliers().logits());
    position++;
    float[] logits = new float[config.vocabularySize()];
    Matrix head = model.products().weight(parameters, layout.head());
    kernels.gemm(
        Form.NT,
        Matrix.of(row.normed, 1, config.hiddenSize()),
        head,
        Matrix.of(logits, 1, config.vocabularySize()),
        row.scratch);
    return logits;
  }

  private void attend(int layer) {
    norm(parameters.of(model.layout().layer(layer, Part.INPUT_NORM)));
    product(layer, Part.QUERY, row.normed, row.query);
    normHeads(layer, Part.QUERY_NORM, row.query, config.heads());
    kernels.rope(row.query, 1, config.heads(), model.tables(), row.position);
    product(layer, Part.KEY, row.normed, row.keyOrValue);
    normHeads(layer, Part.KEY_NORM, row.keyOrValue, config.keyValueHeads());
    kernels.rope(row.keyOrValue, 1, config.keyValueHeads(), model.tables(), row.position);
    keep(keys[layer]);
    product(layer, Part.VALUE, row.normed, row.keyOrValue);
    keep(values[layer]);
    kernels.attention(
        new AttentionShape(
            1,
            1,
            position + 1,
            config.heads(),
            config.keyValueHeads(),
            config.headSize(),
            model.multipliers().attention()),
        row.attention,
        row.maximum,
        row.inverseSum,
        row.query,
        keys[layer],
        values[layer],
        row.documentStart,
        row.scratch);
    addBranch(layer, Part.OUTPUT, row.attention);
  }

  private void feedForward(int layer) {
    norm(parameters.of(model.layout().layer(layer, Part.POST_ATTENTION_NORM)));
    product(layer, Part.GATE, row.normed, row.gate);
    product(layer, Part.UP, row.normed, row.up);
    kernels.swiGlu(row.activation, row.gate, row.up, config.intermediateSize());
    addBranch(layer, Part.DOWN, row.activation);
  }

  /** Norms each head's query or key in place, where the model does so. */
  private void normHeads(int layer, Part part, float[] x, int heads) {
    if (config.queryKeyNorm()) {
      float[] gain = parameters.of(model.layout().layer(layer, part));
      kernels.rmsNorm(x, row.headScale, x, gain, (float) config.rmsNormEpsilon(), heads);
    }
  }

  private void keep(float[] cache) {
    System.arraycopy(
        row.keyOrValue, 0, cache, position * config.keyValueWidth(), config.keyValueWidth());
  }

  private void norm(float[] gain) {
    kernels.rmsNorm(row.normed, row.scale, row.stream, gain, (float) config.rmsNormEpsilon(), 1);
  }

  private void product(int layer, Part part, float[] x, float[] y) {
    model.products().linear(parameters, layer, part, x, y, 1, row.scratch);
  }

  /** Adds x W^T, times its multiplier, to the residual stream. */
  private void addBranch(int layer, Part part, float[] x) {
    float multiplier = model.multipliers().residual();
    if (multiplier != 1f) {
      product(layer, part, x, row.normed);
      kernels.addScaled(row.stream, row.stream, row.normed, multiplier, config.hiddenSize());
      return;
    }
    model.products().linearAdd(parameters, layer, part, x, row.stream, 1, row.scratch);
  }

  private void multiply(float[] x, float factor) {
    if (factor != 1f) {
      kernels.scale(x, x, factor, config.hiddenSize());
    }
  }
}
