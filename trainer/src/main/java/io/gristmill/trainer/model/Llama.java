package io.gristmill.trainer.model;

import io.gristmill.trainer.kernel.AttentionShape;
import io.gristmill.trainer.kernel.DropoutMask;
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
  private final Multipliers multipliers;
  private final WeightProducts products;

  public Llama(ModelConfig config, Kernels kernels) {
    this.config = config;
    this.kernels = kernels;
    this.layout = ParameterLayout.of(config);
    this.tables =
        RotaryTables.of(config.maxSequenceLength(), config.headSize(), config.ropeTheta());
    this.multipliers = Multipliers.of(config);
    this.products = new WeightProducts(kernels, layout);
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

  Multipliers multipliers() {
    return multipliers;
  }

  WeightProducts products() {
    return products;
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

  /** The same without z-loss and dropout. */
  public double lossAndGradient(
      Tensors parameters,
      Batch batch,
      float gradientScale,
      Tensors gradients,
      Workspace workspace) {
    return lossAndGradient(
        parameters, batch, gradientScale, 0, gradients, workspace, Dropout.none());
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
      Workspace workspace,
      Dropout dropout) {
    forward(parameters, batch, workspace, dropout);
    int rows = batch.size();
    kernels.crossEntropyAndGradient(
        workspace.losses,
        matrix(workspace.dNormed, rows, config.hiddenSize()),
        products.weight(gradients, layout.head()),
        matrix(workspace.normed, rows, config.hiddenSize()),
        products.weight(parameters, layout.head()),
        batch.targets(),
        gradientScale,
        zLoss,
        workspace.scratch);
    multiply(workspace.dNormed, multipliers.logits(), rows * config.hiddenSize());
    backward(parameters, batch, gradients, workspace, dropout);
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
    forward(parameters, batch, workspace, Dropout.none());
    int rows = batch.size();
    float[] logits = new float[Math.multiplyExact(rows, config.vocabularySize())];
    kernels.gemm(
        Form.NT,
        matrix(workspace.normed, rows, config.hiddenSize()),
        products.weight(parameters, layout.head()),
        matrix(logits, rows, config.vocabularySize()),
        workspace.scratch);
    return logits;
  }

  private void head(Tensors parameters, Batch batch, Workspace workspace) {
    forward(parameters, batch, workspace, Dropout.none());
    kernels.crossEntropy(
        workspace.losses,
        matrix(workspace.normed, batch.size(), config.hiddenSize()),
        products.weight(parameters, layout.head()),
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

  private void forward(Tensors parameters, Batch batch, Workspace workspace, Dropout dropout) {
    check(batch, workspace);
    int rows = batch.size();
    int hidden = config.hiddenSize();
    for (int i = 0; i < rows; i++) {
      workspace.positions[i] = i % batch.length() - batch.documentStart()[i];
    }
    float[] embedding = parameters.of(layout.embedding());
    float[] stream = workspace.layers[0].input;
    kernels.gather(stream, embedding, batch.tokens(), rows, hidden);
    multiply(stream, multipliers.embedding(), dropout.embedding(rows * hidden), rows * hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      float[] output =
          layer + 1 < config.layers() ? workspace.layers[layer + 1].input : workspace.output;
      forward(parameters, layer, batch, workspace, dropout);
      addFeedForward(parameters, layer, rows, output, workspace, dropout);
    }
    kernels.rmsNorm(
        workspace.normed,
        workspace.outputScale,
        workspace.output,
        parameters.of(layout.finalNorm()),
        (float) config.rmsNormEpsilon(),
        rows);
    multiply(workspace.normed, multipliers.logits(), rows * hidden);
  }

  /** All of a layer that backward needs, from its input. */
  private void forward(
      Tensors parameters, int layer, Batch batch, Workspace workspace, Dropout dropout) {
    Workspace.Layer kept = workspace.layers[layer];
    int rows = batch.size();
    float epsilon = (float) config.rmsNormEpsilon();
    float[] inputGain = parameters.of(layout.layer(layer, Part.INPUT_NORM));
    kernels.rmsNorm(workspace.normed, kept.inputScale, kept.input, inputGain, epsilon, rows);
    products.linear(
        parameters, layer, Part.QUERY, workspace.normed, kept.query, rows, workspace.scratch);
    products.linear(
        parameters, layer, Part.KEY, workspace.normed, kept.key, rows, workspace.scratch);
    products.linear(
        parameters, layer, Part.VALUE, workspace.normed, kept.value, rows, workspace.scratch);
    if (config.queryKeyNorm()) {
      float[] queryGain = parameters.of(layout.layer(layer, Part.QUERY_NORM));
      float[] keyGain = parameters.of(layout.layer(layer, Part.KEY_NORM));
      int queries = rows * config.heads();
      int keys = rows * config.keyValueHeads();
      kernels.rmsNorm(
          workspace.normedQuery, kept.queryScale, kept.query, queryGain, epsilon, queries);
      kernels.rmsNorm(workspace.normedKey, kept.keyScale, kept.key, keyGain, epsilon, keys);
    }
    float[] query = query(kept, workspace);
    float[] key = key(kept, workspace);
    kernels.rope(query, rows, config.heads(), tables, workspace.positions);
    kernels.rope(key, rows, config.keyValueHeads(), tables, workspace.positions);
    kernels.attention(
        shape(batch),
        kept.attention,
        kept.maximum,
        kept.inverseSum,
        query,
        key,
        kept.value,
        batch.documentStart(),
        workspace.scratch);
    DropoutMask mask = dropout.attention(layer, rows * config.hiddenSize());
    addBranch(
        parameters,
        layer,
        Part.OUTPUT,
        kept.attention,
        kept.input,
        kept.middle,
        rows,
        workspace,
        mask);

    float[] middleGain = parameters.of(layout.layer(layer, Part.POST_ATTENTION_NORM));
    kernels.rmsNorm(workspace.normed, kept.middleScale, kept.middle, middleGain, epsilon, rows);
    products.linear(
        parameters, layer, Part.GATE, workspace.normed, kept.gate, rows, workspace.scratch);
    products.linear(parameters, layer, Part.UP, workspace.normed, kept.up, rows, workspace.scratch);
  }

  /** The layer's output from its middle, gate and up. */
  private void addFeedForward(
      Tensors parameters,
      int layer,
      int rows,
      float[] output,
      Workspace workspace,
      Dropout dropout) {
    Workspace.Layer kept = workspace.layers[layer];
    kernels.swiGlu(workspace.activation, kept.gate, kept.up, rows * config.intermediateSize());
    addBranch(
        parameters,
        layer,
        Part.DOWN,
        workspace.activation,
        kept.middle,
        output,
        rows,
        workspace,
        dropout.feedForward(layer, rows * config.hiddenSize()));
  }

  /** The queries that attention takes: the layer's own, rotated in place, or their norms. */
  private float[] query(Workspace.Layer kept, Workspace workspace) {
    return config.queryKeyNorm() ? workspace.normedQuery : kept.query;
  }

  private float[] key(Workspace.Layer kept, Workspace workspace) {
    return config.queryKeyNorm() ? workspace.normedKey : kept.key;
  }

  /** output = stream + mask multiplier (x W^T): what a block adds to the residual stream. */
  private void addBranch(
      Tensors parameters,
      int layer,
      Part part,
      float[] x,
      float[] stream,
      float[] output,
      int rows,
      Workspace workspace,
      DropoutMask mask) {
    int length = rows * config.hiddenSize();
    float multiplier = multipliers.residual();
    if (multiplier == 1f && !mask.drops()) {
      System.arraycopy(stream, 0, output, 0, length);
      products.linearAdd(parameters, layer, part, x, output, rows, workspace.scratch);
      return;
    }
    float[] branch = workspace.dNormed; // free until the head's gradient
    products.linear(parameters, layer, part, x, branch, rows, workspace.scratch);
    if (mask.drops()) {
      kernels.dropout(branch, branch, mask, multiplier, length);
      multiplier = 1f;
    }
    kernels.addScaled(output, stream, branch, multiplier, length);
  }

  /** The gradient towards x W^T of {@link #addBranch}, from that of the stream. */
  private float[] branchGradient(int rows, Workspace workspace, DropoutMask mask) {
    int length = rows * config.hiddenSize();
    float[] dBranch = workspace.dNormed; // free until the gradient of the block's norm
    if (mask.drops()) {
      kernels.dropout(dBranch, workspace.dStream, mask, multipliers.residual(), length);
    } else if (multipliers.residual() != 1f) {
      kernels.scale(dBranch, workspace.dStream, multipliers.residual(), length);
    } else {
      return workspace.dStream;
    }
    return dBranch;
  }

  /** Multiplies in place, and drops what the mask does not keep. */
  private void multiply(float[] x, float factor, DropoutMask mask, int length) {
    if (mask.drops()) {
      kernels.dropout(x, x, mask, factor, length);
    } else {
      multiply(x, factor, length);
    }
  }

  private void multiply(float[] x, float factor, int length) {
    if (factor != 1f) {
      kernels.scale(x, x, factor, length);
    }
  }

  private void backward(
      Tensors parameters, Batch batch, Tensors gradients, Workspace workspace, Dropout dropout) {
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
        forward(parameters, layer, batch, workspace, dropout);
      }
      backwardFeedForward(parameters, layer, rows, gradients, workspace, dropout);
      backwardAttention(parameters, layer, batch, gradients, workspace, dropout);
    }
    DropoutMask mask = dropout.embedding(rows * hidden);
    multiply(workspace.dStream, multipliers.embedding(), mask, rows * hidden);
    float[] dEmbedding = gradients.of(layout.embedding());
    kernels.scatterAdd(dEmbedding, workspace.dStream, batch.tokens(), rows, hidden);
  }

  private void backwardFeedForward(
      Tensors parameters,
      int layer,
      int rows,
      Tensors gradients,
      Workspace workspace,
      Dropout dropout) {
    Workspace.Layer kept = workspace.layers[layer];
    int inner = rows * config.intermediateSize();
    kernels.swiGlu(workspace.activation, kept.gate, kept.up, inner);
    float[] dBranch =
        branchGradient(rows, workspace, dropout.feedForward(layer, rows * config.hiddenSize()));
    products.weightGradient(
        gradients, layer, Part.DOWN, dBranch, workspace.activation, rows, workspace.scratch);
    products.inputGradient(
        parameters, layer, Part.DOWN, dBranch, workspace.dActivation, rows, workspace.scratch);
    kernels.swiGluBackward(kept.gate, kept.up, workspace.dActivation, inner);

    int norm = layout.layer(layer, Part.POST_ATTENTION_NORM);
    float[] gain = parameters.of(norm);
    kernels.rmsNormAgain(workspace.normed, kept.middleScale, kept.middle, gain, rows);
    products.weightGradient(
        gradients, layer, Part.GATE, kept.gate, workspace.normed, rows, workspace.scratch);
    products.weightGradient(
        gradients, layer, Part.UP, kept.up, workspace.normed, rows, workspace.scratch);
    products.inputGradient(
        parameters, layer, Part.GATE, kept.gate, workspace.dNormed, rows, workspace.scratch);
    products.inputGradientAdd(
        parameters, layer, Part.UP, kept.up, workspace.dNormed, rows, workspace.scratch);
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
      Tensors parameters,
      int layer,
      Batch batch,
      Tensors gradients,
      Workspace workspace,
      Dropout dropout) {
    Workspace.Layer kept = workspace.layers[layer];
    int rows = batch.size();
    float[] dBranch =
        branchGradient(rows, workspace, dropout.attention(layer, rows * config.hiddenSize()));
    products.weightGradient(
        gradients, layer, Part.OUTPUT, dBranch, kept.attention, rows, workspace.scratch);
    products.inputGradient(
        parameters, layer, Part.OUTPUT, dBranch, workspace.dAttention, rows, workspace.scratch);
    if (config.queryKeyNorm()) {
      normQueriesAndKeysAgain(parameters, layer, rows, workspace);
    }
    kernels.attentionBackward(
        shape(batch),
        workspace.dQuery,
        workspace.dKey,
        workspace.dValue,
        workspace.dAttention,
        kept.attention,
        kept.maximum,
        kept.inverseSum,
        query(kept, workspace),
        key(kept, workspace),
        kept.value,
        batch.documentStart(),
        workspace.scratch);
    kernels.ropeBackward(workspace.dQuery, rows, config.heads(), tables, workspace.positions);
    kernels.ropeBackward(workspace.dKey, rows, config.keyValueHeads(), tables, workspace.positions);

    float[] dQuery = workspace.dQuery;
    float[] dKey = workspace.dKey;
    if (config.queryKeyNorm()) {
      queryAndKeyNormBackward(parameters, layer, rows, gradients, workspace);
      dQuery = workspace.normedQuery;
      dKey = workspace.normedKey;
    }

    int norm = layout.layer(layer, Part.INPUT_NORM);
    float[] gain = parameters.of(norm);
    kernels.rmsNormAgain(workspace.normed, kept.inputScale, kept.input, gain, rows);
    products.weightGradient(
        gradients, layer, Part.QUERY, dQuery, workspace.normed, rows, workspace.scratch);
    products.weightGradient(
        gradients, layer, Part.KEY, dKey, workspace.normed, rows, workspace.scratch);
    products.weightGradient(
        gradients, layer, Part.VALUE, workspace.dValue, workspace.normed, rows, workspace.scratch);
    products.inputGradient(
        parameters, layer, Part.QUERY, dQuery, workspace.dNormed, rows, workspace.scratch);
    products.inputGradientAdd(
        parameters, layer, Part.KEY, dKey, workspace.dNormed, rows, workspace.scratch);
    products.inputGradientAdd(
        parameters,
        layer,
        Part.VALUE,
        workspace.dValue,
        workspace.dNormed,
        rows,
        workspace.scratch);
    kernels.rmsNormBackward(
        workspace.dStream,
        gradients.of(norm),
        workspace.dNormed,
        kept.inputScale,
        kept.input,
        gain,
        rows);
  }

  private void normQueriesAndKeysAgain(
      Tensors parameters, int layer, int rows, Workspace workspace) {
    Workspace.Layer kept = workspace.layers[layer];
    float[] queryGain = parameters.of(layout.layer(layer, Part.QUERY_NORM));
    float[] keyGain = parameters.of(layout.layer(layer, Part.KEY_NORM));
    int queries = rows * config.heads();
    int keys = rows * config.keyValueHeads();
    kernels.rmsNormAgain(workspace.normedQuery, kept.queryScale, kept.query, queryGain, queries);
    kernels.rmsNormAgain(workspace.normedKey, kept.keyScale, kept.key, keyGain, keys);
    kernels.rope(workspace.normedQuery, rows, config.heads(), tables, workspace.positions);
    kernels.rope(workspace.normedKey, rows, config.keyValueHeads(), tables, workspace.positions);
  }

  /** Puts the gradients before the norms where their outputs, no longer wanted, have been. */
  private void queryAndKeyNormBackward(
      Tensors parameters, int layer, int rows, Tensors gradients, Workspace workspace) {
    Workspace.Layer kept = workspace.layers[layer];
    int queryNorm = layout.layer(layer, Part.QUERY_NORM);
    int keyNorm = layout.layer(layer, Part.KEY_NORM);
    Arrays.fill(workspace.normedQuery, 0, rows * config.queryWidth(), 0f);
    Arrays.fill(workspace.normedKey, 0, rows * config.keyValueWidth(), 0f);
    kernels.rmsNormBackward(
        workspace.normedQuery,
        gradients.of(queryNorm),
        workspace.dQuery,
        kept.queryScale,
        kept.query,
        parameters.of(queryNorm),
        rows * config.heads());
    kernels.rmsNormBackward(
        workspace.normedKey,
        gradients.of(keyNorm),
        workspace.dKey,
        kept.keyScale,
        kept.key,
        parameters.of(keyNorm),
        rows * config.keyValueHeads());
  }

  private AttentionShape shape(Batch batch) {
    return new AttentionShape(
        batch.sequences(),
        batch.length(),
        batch.length(),
        config.heads(),
        config.keyValueHeads(),
        config.headSize(),
        multipliers.attention());
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
