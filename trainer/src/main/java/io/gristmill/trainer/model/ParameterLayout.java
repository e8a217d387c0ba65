package io.gristmill.trainer.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which tensors a model has, and their place in the global flat order: embedding, layers from the
 * first to the last, final norm, and the head where it is not tied.
 */
public final class ParameterLayout {
  /** Tensors of one layer, in order. */
  enum Part {
    INPUT_NORM(0, "input_layernorm"),
    QUERY(1, "self_attn.q_proj"),
    KEY(2, "self_attn.k_proj"),
    VALUE(3, "self_attn.v_proj"),
    OUTPUT(4, "self_attn.o_proj"),
    POST_ATTENTION_NORM(5, "post_attention_layernorm"),
    GATE(6, "mlp.gate_proj"),
    UP(7, "mlp.up_proj"),
    DOWN(8, "mlp.down_proj"),
    QUERY_NORM(9, "self_attn.q_norm"),
    KEY_NORM(10, "self_attn.k_norm");

    private final int place;
    private final String path;

    Part(int place, String path) {
      this.place = place;
      this.path = path;
    }

    private static List<Part> of(ModelConfig config) {
      List<Part> all = List.of(values());
      return config.queryKeyNorm() ? all : all.subList(0, QUERY_NORM.place);
    }

    private List<Integer> shape(ModelConfig config) {
      int hidden = config.hiddenSize();
      return switch (this) {
        case INPUT_NORM, POST_ATTENTION_NORM -> List.of(hidden);
        case QUERY -> List.of(config.queryWidth(), hidden);
        case KEY, VALUE -> List.of(config.keyValueWidth(), hidden);
        case OUTPUT -> List.of(hidden, config.queryWidth());
        case GATE, UP -> List.of(config.intermediateSize(), hidden);
        case DOWN -> List.of(hidden, config.intermediateSize());
        case QUERY_NORM, KEY_NORM -> List.of(config.headSize());
      };
    }
  }

  private final List<TensorSpec> tensors;
  private final int layers;
  private final int partsOfLayer;
  private final long size;

  private ParameterLayout(List<TensorSpec> tensors, int layers, int partsOfLayer, long size) {
    this.tensors = List.copyOf(tensors);
    this.layers = layers;
    this.partsOfLayer = partsOfLayer;
    this.size = size;
  }

  /** The layout of a model. */
  public static ParameterLayout of(ModelConfig config) {
    var tensors = new ArrayList<TensorSpec>();
    List<Part> parts = Part.of(config);
    double hidden = 1 / config.parametrization().widthRatio(config.hiddenSize());
    add(tensors, "model.embed_tokens", List.of(config.vocabularySize(), config.hiddenSize()), 1);
    for (int layer = 0; layer < config.layers(); layer++) {
      for (Part part : parts) {
        List<Integer> shape = part.shape(config);
        double learningRate = shape.size() > 1 ? hidden : 1;
        add(tensors, "model.layers." + layer + "." + part.path, shape, learningRate);
      }
    }
    add(tensors, "model.norm", List.of(config.hiddenSize()), 1);
    if (!config.tiedEmbeddings()) {
      add(tensors, "lm_head", List.of(config.vocabularySize(), config.hiddenSize()), 1);
    }
    return new ParameterLayout(tensors, config.layers(), parts.size(), end(tensors));
  }

  private static void add(
      List<TensorSpec> tensors, String path, List<Integer> shape, double learningRate) {
    tensors.add(new TensorSpec(path + ".weight", shape, end(tensors), learningRate));
  }

  private static long end(List<TensorSpec> tensors) {
    return tensors.isEmpty() ? 0 : tensors.getLast().offset() + tensors.getLast().size();
  }

  /** All tensors in the global flat order. */
  public List<TensorSpec> tensors() {
    return tensors;
  }

  /** Number of parameters. */
  public long size() {
    return size;
  }

  /** Number of parameters outside of the tables of the vocabulary. */
  public long nonVocabulary() {
    long rest = size - tensors.get(embedding()).size();
    return head() == embedding() ? rest : rest - tensors.get(head()).size();
  }

  /** Whether a tensor is a matrix inside the layers: no table of the vocabulary, no norm gain. */
  public boolean isHiddenMatrix(int tensor) {
    return tensors.get(tensor).shape().size() > 1 && tensor != embedding() && tensor != head();
  }

  /** The matrices inside the layers, in the global flat order. */
  public List<TensorSpec> hiddenMatrices() {
    return IntStream.range(0, tensors.size())
        .filter(this::isHiddenMatrix)
        .mapToObj(tensors::get)
        .toList();
  }

  /** Index of the tensor that holds element {@code position} of the global flat order. */
  public int tensorAt(long position) {
    if (position < 0 || position >= size) {
      throw new IndexOutOfBoundsException("position %d of %d parameters".formatted(position, size));
    }
    int low = 0;
    int high = tensors.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (tensors.get(middle).offset() <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  int embedding() {
    return 0;
  }

  int layer(int layer, Part part) {
    return 1 + layer * partsOfLayer + part.place;
  }

  int finalNorm() {
    return 1 + layers * partsOfLayer;
  }

  /** The table of the output head: the last tensor, or the embedding where tied. */
  int head() {
    return tensors.size() - 1 == finalNorm() ? embedding() : tensors.size() - 1;
  }
}
