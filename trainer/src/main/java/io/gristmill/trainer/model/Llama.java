package io.gristmill.trainer.model;

import io.gristmill.trainer.kernel.AttentionShape;
import io.gristmill.trainer.kernel.Form;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.kernel.Matrix;
import io.gristmill.trainer.kernel.RotaryTables;
import io.gristmill.trainer.model.ParameterLayout.Part;
import java.util.Arrays;

/**
 * A decoder of RMSNorm, rotary positions, grouped-query attention and SwiGLU (Touvron et al. 2023,
 * arXiv 2302.13971), forward and backward. One micro-batch is computed by the calling thread alone,
 * in a fixed order, so its bits depend on nothing else; threads share an instance and bring a
 * {@link Workspace} each.
 */
public final class Llama {
  private final ModelConfig config;
  private final Kernels kernels;
  private final ParameterLayout layout;
  private final RotaryTables tables;

  public Llama(ModelConfig config, Kernels kernels) {
    this.config = config;
    this.kernels = kernels;
    this.layout = ParameterLayout.of(config);
    this.tables =
        RotaryTables.of(config.maxSequenceLength(), config.headSize(), config.ropeTheta());
  }

  public ModelConfig config() {
    return config;
  }

  public Kernels kernels() {
    return kernels;
  }

  public ParameterLayout layout() {
    return layout;
  }

  RotaryTables tables() {
    return tables;
  }

  /** Fresh parameters, a pure function of the seed. */
  public Tensors initial(long seed) {
    return Initialization.initial(config, layout, seed);
  }

  /**
   * Activations for micro-batches of at most {@code sequences * length} tokens.
   *
   * @throws IllegalArgumentException if {@code length} is more than the model's positions
   */
  public Workspace workspace(int sequences, int length) {
    requireLength(length);
    return new Workspace(config, sequences, length, Workspace.Keep.ALL);
  }

  /**
   * The same, which keeps of each layer what {@code keep} says; backward computes the rest again,
   * to the same bits.
   */
  public Workspace workspace(int sequences, int length, Workspace.Keep keep) {
    requireLength(length);
    return new Workspace(config, sequences, length, keep);
  }

  /** {@link #lossAndGradient(Tensors, Batch, float, float, Tensors, Workspace)} without z-loss. */
  public double lossAndGradient(
      Tensors parameters,
      Batch batch,
      float gradientScale,
      Tensors gradients,
      Workspace workspace) {
    return lossAndGradient(parameters, batch, gradientScale, 0, gradients, workspace);
  }

  /**
   * Adds to {@code gradients} the gradient of the summed loss times {@code gradientScale}; z-loss
   * counts in the gradient, not in what is returned.
   *
   * @param zLoss weight of (ln Z)^2 of a target's logits, see {@link
   *     Kernels#crossEntropyAndGradient}
   * @return the sum over targets of -ln p, in nats
   * @throws IllegalArgumentException if a token is outside the vocabulary or the batch is larger
   *     than the workspace
   */
  public double lossAndGradient(
      Tensors parameters,
      Batch batch,
      float gradientScale,
      float zLoss,
      Tensors gradients,
      Workspace workspace) {
    forward(parameters, batch, workspace);
    int rows = batch.size();
    kernels.crossEntropyAndGradient(
        workspace.losses,
        matrix(workspace.dNormed, rows, config.hiddenSize()),
        weight(gradients, layout.head()),
        matrix(workspace.normed, rows, config.hiddenSize()),
        weight(parameters, layout.head()),
        batch.targets(),
        gradientScale,
        zLoss,
        workspace.scratch);
    backward(parameters, batch, gradients, workspace);
    return sum(workspace.losses, rows);
  }

  /** The sum over targets of -ln p, in nats; same bits as {@link #lossAndGradient} returns. */
  public double loss(Tensors parameters, Batch batch, Workspace workspace) {
    head(parameters, batch, workspace);
    return sum(workspace.losses, batch.size());
  }

  /** -ln p of each target in nats, 0 where there is none. */
  public float[] tokenLosses(Tensors parameters, Batch batch, Workspace workspace) {
    head(parameters, batch, workspace);
    return Arrays.copyOf(workspace.losses, batch.size());
  }

  /** Scores of every vocabulary entry at every position, float[tokens * V]; for small batches. */
  public float[] logits(Tensors parameters, Batch batch, Workspace workspace) {
    forward(parameters, batch, workspace);
    int rows = batch.size();
    float[] logits = new float[Math.multiplyExact(rows, config.vocabularySize())];
    kernels.gemm(
        Form.NT,
        matrix(workspace.normed, rows, config.hiddenSize()),
        weight(parameters, layout.head()),
        matrix(logits, rows, config.vocabularySize()),
        workspace.scratch);
    return logits;
  }

  private void head(Tensors parameters, Batch batch, Workspace workspace) {
    forward(parameters, batch, workspace);
    kernels.crossEntropy(
        workspace.losses,
        matrix(workspace.normed, batch.size(), config.hiddenSize()),
        weight(parameters, layout.head()),
        batch.targets(),
        workspace.scratch);
  }

  private static double sum(float[] losses, int rows) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      sum += losses[row];
    }
    return sum;
  }

  private void forward(Tensors parameters, Batch batch, Workspace workspace) {
    check(batch, workspace);
    int rows = batch.size();
    int hidden = config.hiddenSize();
    for (int i = 0; i < rows; i++) {
      workspace.positions[i] = i % batch.length() - batch.documentStart()[i];
    }
    float[] embedding = parameters.of(layout.embedding());
    kernels.gather(workspace.layers[0].input, embedding, batch.tokens(), rows, hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      float[] output =
          layer + 1 < config.layers() ? workspace.layers[layer + 1].input : workspace.output;
      forward(parameters, layer, batch, workspace);
      addFeedForward(parameters, layer, rows, output, workspace);
    }
    kernels.rmsNorm(
        workspace.normed,
        workspace.outputScale,
        workspace.output,
        parameters.of(layout.finalNorm()),
        (float) config.rmsNormEpsilon(),
        rows);
  }

  /** All of a layer that backward needs, from its input. */
  private void forward(Tensors parameters, int layer, Batch batch, Workspace workspace) {
    Workspace.Layer kept = workspace.layers[layer];
    int rows = batch.size();
    int hidden = config.hiddenSize();
    float epsilon = (float) config.rmsNormEpsilon();
    float[] inputGain = parameters.of(layout.layer(layer, Part.INPUT_NORM));
    kernels.rmsNorm(workspace.normed, kept.inputScale, kept.input, inputGain, epsilon, rows);
    linear(parameters, layer, Part.QUERY, workspace.normed, kept.query, rows, workspace);
    linear(parameters, layer, Part.KEY, workspace.normed, kept.key, rows, workspace);
    linear(parameters, layer, Part.VALUE, workspace.normed, kept.value, rows, workspace);
    kernels.rope(kept.query, rows, config.heads(), tables, workspace.positions);
    kernels.rope(kept.key, rows, config.keyValueHeads(), tables, workspace.positions);
    kernels.attention(
        shape(batch),
        kept.attention,
        kept.maximum,
        kept.inverseSum,
        kept.query,
        kept.key,
        kept.value,
        batch.documentStart(),
        workspace.scratch);
    System.arraycopy(kept.input, 0, kept.middle, 0, rows * hidden);
    linearAdd(parameters, layer, Part.OUTPUT, kept.attention, kept.middle, rows, workspace);

    float[] middleGain = parameters.of(layout.layer(layer, Part.POST_ATTENTION_NORM));
    kernels.rmsNorm(workspace.normed, kept.middleScale, kept.middle, middleGain, epsilon, rows);
    linear(parameters, layer, Part.GATE, workspace.normed, kept.gate, rows, workspace);
    linear(parameters, layer, Part.UP, workspace.normed, kept.up, rows, workspace);
  }

  /** The layer's output from its middle, gate and up. */
  private void addFeedForward(
      Tensors parameters, int layer, int rows, float[] output, Workspace workspace) {
    Workspace.Layer kept = workspace.layers[layer];
    kernels.swiGlu(workspace.activation, kept.gate, kept.up, rows * config.intermediateSize());
    System.arraycopy(kept.middle, 0, output, 0, rows * config.hiddenSize());
    linearAdd(parameters, layer, Part.DOWN, workspace.activation, output, rows, workspace);
  }

  private void backward(Tensors parameters, Batch batch, Tensors gradients, Workspace workspace) {
    int rows = batch.size();
    int hidden = config.hiddenSize();
    Arrays.fill(workspace.dStream, 0, rows * hidden, 0f);
    kernels.rmsNormBackward(
        workspace.dStream,
        gradients.of(layout.finalNorm()),
        workspace.dNormed,
        workspace.outputScale,
        workspace.output,
        parameters.of(layout.finalNorm()),
        rows);
    for (int layer = config.layers() - 1; layer >= 0; layer--) {
      if (layer + 1 < config.layers() && !workspace.keepsAll) {
        forward(parameters, layer, batch, workspace);
      }
      backwardFeedForward(parameters, layer, rows, gradients, workspace);
      backwardAttention(parameters, layer, batch, gradients, workspace);
    }
    float[] dEmbedding = gradients.of(layout.embedding());
    kernels.scatterAdd(dEmbedding, workspace.dStream, batch.tokens(), rows, hidden);
  }

  private void backwardFeedForward(
      Tensors parameters, int layer, int rows, Tensors gradients, Workspace workspace) {
    Workspace.Layer kept = workspace.layers[layer];
    int inner = rows * config.intermediateSize();
    kernels.swiGlu(workspace.activation, kept.gate, kept.up, inner);
    weightGradient(
        gradients, layer, Part.DOWN, workspace.dStream, workspace.activation, rows, workspace);
    inputGradient(
        parameters, layer, Part.DOWN, workspace.dStream, workspace.dActivation, rows, workspace);
    kernels.swiGluBackward(kept.gate, kept.up, workspace.dActivation, inner);

    int norm = layout.layer(layer, Part.POST_ATTENTION_NORM);
    float[] gain = parameters.of(norm);
    kernels.rmsNormAgain(workspace.normed, kept.middleScale, kept.middle, gain, rows);
    weightGradient(gradients, layer, Part.GATE, kept.gate, workspace.normed, rows, workspace);
    weightGradient(gradients, layer, Part.UP, kept.up, workspace.normed, rows, workspace);
    inputGradient(parameters, layer, Part.GATE, kept.gate, workspace.dNormed, rows, workspace);
    inputGradientAdd(parameters, layer, Part.UP, kept.up, workspace.dNormed, rows, workspace);
    kernels.rmsNormBackward(
        workspace.dStream,
        gradients.of(norm),
        workspace.dNormed,
        kept.middleScale,
        kept.middle,
        gain,
        rows);
  }

  private void backwardAttention(
      Tensors parameters, int layer, Batch batch, Tensors gradients, Workspace workspace) {
    Workspace.Layer kept = workspace.layers[layer];
    int rows = batch.size();
    weightGradient(
        gradients, layer, Part.OUTPUT, workspace.dStream, kept.attention, rows, workspace);
    inputGradient(
        parameters, layer, Part.OUTPUT, workspace.dStream, workspace.dAttention, rows, workspace);
    kernels.attentionBackward(
        shape(batch),
        workspace.dQuery,
        workspace.dKey,
        workspace.dValue,
        workspace.dAttention,
        kept.attention,
        kept.maximum,
        kept.inverseSum,
        kept.query,
        kept.key,
        kept.value,
        batch.documentStart(),
        workspace.scratch);
    kernels.ropeBackward(workspace.dQuery, rows, config.heads(), tables, workspace.positions);
    kernels.ropeBackward(workspace.dKey, rows, config.keyValueHeads(), tables, workspace.positions);

    int norm = layout.layer(layer, Part.INPUT_NORM);
    float[] gain = parameters.of(norm);
    kernels.rmsNormAgain(workspace.normed, kept.inputScale, kept.input, gain, rows);
    weightGradient(
        gradients, layer, Part.QUERY, workspace.dQuery, workspace.normed, rows, workspace);
    weightGradient(gradients, layer, Part.KEY, workspace.dKey, workspace.normed, rows, workspace);
    weightGradient(
        gradients, layer, Part.VALUE, workspace.dValue, workspace.normed, rows, workspace);
    inputGradient(
        parameters, layer, Part.QUERY, workspace.dQuery, workspace.dNormed, rows, workspace);
    inputGradientAdd(
        parameters, layer, Part.KEY, workspace.dKey, workspace.dNormed, rows, workspace);
    inputGradientAdd(
        parameters, layer, Part.VALUE, workspace.dValue, workspace.dNormed, rows, workspace);
    kernels.rmsNormBackward(
        workspace.dStream,
        gradients.of(norm),
        workspace.dNormed,
        kept.inputScale,
        kept.input,
        gain,
        rows);
  }

  private AttentionShape shape(Batch batch) {
    return AttentionShape.training(
        batch.sequences(),
        batch.length(),
        config.heads(),
        config.keyValueHeads(),
        config.headSize());
  }

  /** y = x W^T. */
  void linear(
      Tensors parameters,
      int layer,
      Part part,
      float[] x,
      float[] y,
      int rows,
      Workspace workspace) {
    Matrix weight = weight(parameters, layout.layer(layer, part));
    kernels.gemm(
        Form.NT,
        matrix(x, rows, weight.columns()),
        weight,
        matrix(y, rows, weight.rows()),
        workspace.scratch);
  }

  /** y += x W^T. */
  void linearAdd(
      Tensors parameters,
      int layer,
      Part part,
      float[] x,
      float[] y,
      int rows,
      Workspace workspace) {
    Matrix weight = weight(parameters, layout.layer(layer, part));
    kernels.gemmAdd(
        Form.NT,
        matrix(x, rows, weight.columns()),
        weight,
        matrix(y, rows, weight.rows()),
        workspace.scratch);
  }

  /** dx = dy W. */
  private void inputGradient(
      Tensors parameters,
      int layer,
      Part part,
      float[] dy,
      float[] dx,
      int rows,
      Workspace workspace) {
    Matrix weight = weight(parameters, layout.layer(layer, part));
    kernels.gemm(
        Form.NN,
        matrix(dy, rows, weight.rows()),
        weight,
        matrix(dx, rows, weight.columns()),
        workspace.scratch);
  }

  /** dx += dy W. */
  private void inputGradientAdd(
      Tensors parameters,
      int layer,
      Part part,
      float[] dy,
      float[] dx,
      int rows,
      Workspace workspace) {
    Matrix weight = weight(parameters, layout.layer(layer, part));
    kernels.gemmAdd(
        Form.NN,
        matrix(dy, rows, weight.rows()),
        weight,
        matrix(dx, rows, weight.columns()),
        workspace.scratch);
  }

  /** dW += dy^T x. */
  private void weightGradient(
      Tensors gradients,
      int layer,
      Part part,
      float[] dy,
      float[] x,
      int rows,
      Workspace workspace) {
    Matrix gradient = weight(gradients, layout.layer(layer, part));
    kernels.gemmAdd(
        Form.TN,
        matrix(dy, rows, gradient.rows()),
        matrix(x, rows, gradient.columns()),
        gradient,
        workspace.scratch);
  }

  Matrix weight(Tensors tensors, int tensor) {
    var shape = layout.tensors().get(tensor).shape();
    return Matrix.of(tensors.of(tensor), shape.get(0), shape.get(1));
  }

  private static Matrix matrix(float[] data, int rows, int columns) {
    return Matrix.of(data, rows, columns);
  }

  private void requireLength(int length) {
    if (length > config.maxSequenceLength()) {
      throw new IllegalArgumentException(
          "sequence of %d tokens is longer than model.max-sequence-length %d; shorten it or raise the key"
              .formatted(length, config.maxSequenceLength()));
    }
  }

  private void check(Batch batch, Workspace workspace) {
    requireLength(batch.length());
    if (batch.size() > workspace.capacity || batch.length() > workspace.length) {
      throw new IllegalArgumentException(
          "batch of %d sequences of %d tokens is larger than its workspace of %d tokens in sequences of %d"
              .formatted(batch.sequences(), batch.length(), workspace.capacity, workspace.length));
    }
    for (int i = 0; i < batch.size(); i++) {
      if (batch.tokens()[i] < 0 || batch.tokens()[i] >= config.vocabularySize()) {
        throw new IllegalArgumentException(
            "token %d at position %d is outside the vocabulary of %d; was the text encoded with another tokenizer?"
                .formatted(batch.tokens()[i], i, config.vocabularySize()));
      }
      if (batch.targets()[i] >= config.vocabularySize()) {
        throw new IllegalArgumentException(
            "target %d at position %d is outside the vocabulary of %d; was the text encoded with another tokenizer?"
                .formatted(batch.targets()[i], i, config.vocabularySize()));
      }
    }
  }
}
