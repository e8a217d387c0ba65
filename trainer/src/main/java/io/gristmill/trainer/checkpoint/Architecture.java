package io.gristmill.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.trainer.model.MiniCpmParametrization;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.Parametrization;
import io.gristmill.trainer.model.PowerParametrization;
import io.gristmill.trainer.model.StandardParametrization;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * Which class of transformers computes a model, and the entries that only its configuration has.
 */
enum Architecture {
  LLAMA("llama", "LlamaForCausalLM"),
  MINICPM("minicpm", "MiniCPMForCausalLM"),
  GRANITE("granite", "GraniteForCausalLM"),
  QWEN3("qwen3", "Qwen3ForCausalLM");

  private static final String INITIALIZER_RANGE = "initializer_range";
  private static final String SCALE_EMBEDDING = "scale_emb";
  private static final String SCALE_DEPTH = "scale_depth";
  private static final String MINICPM_BASE = "dim_model_base";
  private static final String EMBEDDING = "embedding_multiplier";
  private static final String RESIDUAL = "residual_multiplier";
  private static final String ATTENTION = "attention_multiplier";
  private static final String LOGITS = "logits_scaling";

  /** Attention of Qwen3 that forgets what is far away, which ours never does. */
  static final String SLIDING_WINDOW = "use_sliding_window";

  /** Granite's class needs no base width, training on does. */
  private static final String GRANITE_BASE = "mup_base_width";

  private final String type;
  private final String className;

  Architecture(String type, String className) {
    this.type = type;
    this.className = className;
  }

  static Architecture of(ModelConfig model) {
    return switch (model.parametrization()) {
      case StandardParametrization none -> model.queryKeyNorm() ? QWEN3 : LLAMA;
      case MiniCpmParametrization mup -> MINICPM;
      case PowerParametrization mup -> GRANITE;
    };
  }

  /**
   * The architecture that a {@code config.json} names.
   *
   * @throws IOException if it is none of ours
   */
  static Architecture of(JsonNode root, Path path) throws IOException {
    String named = Json.entry(root, "model_type", path).asText();
    for (Architecture architecture : values()) {
      if (architecture.type.equals(named)) {
        return architecture;
      }
    }
    throw new IOException(
        "%s: model_type is %s, only %s are known"
            .formatted(
                path,
                named,
                Arrays.stream(values())
                    .map(known -> known.type)
                    .collect(Collectors.joining(", "))));
  }

  String type() {
    return type;
  }

  String className() {
    return className;
  }

  /** Whether each head's query and key is normed. */
  boolean queryKeyNorm() {
    return this == QWEN3;
  }

  /** What a configuration without {@code head_dim} means. */
  int headSize(int hiddenSize, int heads) {
    return this == QWEN3 ? 128 : hiddenSize / heads;
  }

  /** What a configuration without {@code tie_word_embeddings} means. */
  boolean tiesByDefault() {
    return this == MINICPM;
  }

  /** Writes what only this architecture has. */
  static void put(ObjectNode root, ModelConfig model) {
    root.put(INITIALIZER_RANGE, model.parametrization().initialDeviation());
    switch (model.parametrization()) {
      case StandardParametrization none -> {
        if (model.queryKeyNorm()) {
          root.put(SLIDING_WINDOW, false);
        }
      }
      case MiniCpmParametrization mup ->
          root.put(SCALE_EMBEDDING, mup.embeddingMultiplier())
              .put(SCALE_DEPTH, mup.depthMultiplier())
              .put(MINICPM_BASE, mup.baseWidth());
      case PowerParametrization mup ->
          root.put(EMBEDDING, mup.embeddingMultiplier())
              .put(RESIDUAL, mup.residualMultiplier())
              .put(ATTENTION, mup.attentionMultiplier())
              .put(LOGITS, mup.logitsScaling())
              .put(GRANITE_BASE, mup.baseWidth());
    }
  }

  /** Reads what {@link #put} wrote, or a foreign model's. */
  Parametrization parametrization(JsonNode root, int hiddenSize, Path path) throws IOException {
    return switch (this) {
      case LLAMA, QWEN3 -> new StandardParametrization();
      case MINICPM ->
          new MiniCpmParametrization(
              Json.entry(root, MINICPM_BASE, path).asInt(),
              root.path(INITIALIZER_RANGE).asDouble(0.1),
              Json.entry(root, SCALE_EMBEDDING, path).asDouble(),
              Json.entry(root, SCALE_DEPTH, path).asDouble());
      case GRANITE -> {
        double logitsScaling = Json.entry(root, LOGITS, path).asDouble();
        // IBM's models say no base width; their logits are divided by the ratio to it.
        int baseWidth = Math.max(1, (int) Math.round(hiddenSize / logitsScaling));
        yield new PowerParametrization(
            root.path(GRANITE_BASE).asInt(baseWidth),
            root.path(INITIALIZER_RANGE).asDouble(0.1),
            Json.entry(root, EMBEDDING, path).asDouble(),
            Json.entry(root, RESIDUAL, path).asDouble(),
            Json.entry(root, ATTENTION, path).asDouble(),
            logitsScaling);
      }
    };
  }
}
