package io.gristmill.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.TensorSpec;
import io.gristmill.trainer.model.Tensors;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A model as a Hugging Face folder: {@code config.json}, {@code generation_config.json} and {@code
 * model.safetensors}, written so that transformers 4 and 5 both load it.
 */
public final class HuggingFace {
  public static final String CONFIG = "config.json";
  public static final String GENERATION_CONFIG = "generation_config.json";
  public static final String MODEL = "model.safetensors";

  /** The first version of transformers that knows every field of ours. */
  private static final String TRANSFORMERS_VERSION = "4.46.0";

  private static final String VOCABULARY_SIZE = "vocab_size";

  /** What a {@code config.json} means that names none. */
  private static final double ROPE_THETA = 10_000;

  private HuggingFace() {}

  /** {@code config.json}. */
  static byte[] config(ModelConfig model, int endOfText) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    Architecture architecture = Architecture.of(model);
    root.putArray("architectures").add(architecture.className());
    root.put("model_type", architecture.type())
        .put(VOCABULARY_SIZE, model.vocabularySize())
        .put("hidden_size", model.hiddenSize())
        .put("intermediate_size", model.intermediateSize())
        .put("num_hidden_layers", model.layers())
        .put("num_attention_heads", model.heads())
        .put("num_key_value_heads", model.keyValueHeads())
        .put("head_dim", model.headSize())
        .put("hidden_act", "silu")
        .put("max_position_embeddings", model.maxSequenceLength());
    Architecture.put(root, model);
    root.put("rms_norm_eps", model.rmsNormEpsilon())
        .put("use_cache", true)
        .put("pretraining_tp", 1)
        .put("bos_token_id", endOfText)
        .put("eos_token_id", endOfText)
        .putNull("pad_token_id") // an id would keep that row of the embedding out of fine-tuning
        .put("tie_word_embeddings", model.tiedEmbeddings())
        .put("attention_bias", false)
        .put("attention_dropout", 0.0)
        .put("mlp_bias", false)
        .put("rope_theta", model.ropeTheta())
        .putNull("rope_scaling");
    // transformers 5 reads rope_parameters and dtype, version 4 the names above and torch_dtype.
    root.putObject("rope_parameters")
        .put("rope_type", "default")
        .put("rope_theta", model.ropeTheta());
    root.put("torch_dtype", "float32")
        .put("dtype", "float32")
        .put("transformers_version", TRANSFORMERS_VERSION);
    return Json.bytes(root);
  }

  /** {@code generation_config.json}. */
  static byte[] generationConfig(int endOfText) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("bos_token_id", endOfText)
        .put("eos_token_id", endOfText)
        .put("pad_token_id", endOfText)
        .put("do_sample", true)
        .put("transformers_version", TRANSFORMERS_VERSION);
    return Json.bytes(root);
  }

  /** The tensors of a layout, in the order in which their floats are written. */
  public static List<TensorEntry> entries(ParameterLayout layout) {
    return layout.tensors().stream()
        .map(tensor -> TensorEntry.float32(tensor.name(), tensor.shape()))
        .toList();
  }

  /** Writes the three files that make the folder a model. */
  public static void write(
      CheckpointWriter writer, ModelConfig model, Tensors weights, int endOfText)
      throws IOException {
    writer.write(CONFIG, config(model, endOfText));
    writer.write(GENERATION_CONFIG, generationConfig(endOfText));
    ParameterLayout layout = weights.layout();
    try (OutputStream out = writer.create(MODEL);
        var tensors = new SafetensorsWriter(out, entries(layout), SafetensorsWriter.PYTORCH)) {
      for (int i = 0; i < layout.tensors().size(); i++) {
        tensors.write(weights.of(i), 0, layout.tensors().get(i).size());
      }
    }
  }

  /**
   * The shape of the model in {@code folder}.
   *
   * @throws IOException naming the file and the entry that is missing or not as our models have it
   */
  public static ModelConfig readConfig(FileSystem files, Path folder) throws IOException {
    Path path = new Path(folder, CONFIG);
    JsonNode root;
    try {
      root = Json.read(files, path);
    } catch (FileNotFoundException e) {
      throw new IOException("%s is missing; %s is no model folder".formatted(path, folder), e);
    }
    Architecture architecture = Architecture.of(root, path);
    requirePlain(root, "hidden_act", "silu", path);
    requirePlain(root.path("rope_scaling"), "rope_type", "default", path);
    requirePlain(root.path("rope_scaling"), "type", "default", path);
    requirePlain(root, Architecture.SLIDING_WINDOW, "false", path);
    requirePlain(root.path("rope_parameters"), "rope_type", "default", path);
    int hidden = Json.entry(root, "hidden_size", path).asInt();
    int heads = Json.entry(root, "num_attention_heads", path).asInt();
    return new ModelConfig(
        Json.entry(root, VOCABULARY_SIZE, path).asInt(),
        hidden,
        Json.entry(root, "num_hidden_layers", path).asInt(),
        heads,
        root.path("num_key_value_heads").asInt(heads),
        root.path("head_dim").asInt(architecture.headSize(hidden, heads)),
        Json.entry(root, "intermediate_size", path).asInt(),
        Json.entry(root, "max_position_embeddings", path).asInt(),
        root.path("rope_theta")
            .asDouble(root.path("rope_parameters").path("rope_theta").asDouble(ROPE_THETA)),
        Json.entry(root, "rms_norm_eps", path).asDouble(),
        root.path("tie_word_embeddings").asBoolean(architecture.tiesByDefault()),
        architecture.parametrization(root, hidden, path),
        architecture.queryKeyNorm());
  }

  /**
   * The same {@code config.json} to the byte, but for its {@code vocab_size}.
   *
   * @param path what messages call it
   */
  public static byte[] withVocabularySize(byte[] config, int vocabularySize, Path path)
      throws IOException {
    try (JsonParser json = Json.MAPPER.getFactory().createParser(config)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = json.currentName().equals(VOCABULARY_SIZE);
        if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && found) {
          int start = (int) json.currentTokenLocation().getByteOffset();
          int end = start + json.getTextLength();
          var changed = new ByteArrayOutputStream();
          changed.write(config, 0, start);
          changed.writeBytes(Integer.toString(vocabularySize).getBytes(StandardCharsets.UTF_8));
          changed.write(config, end, config.length - end);
          return changed.toByteArray();
        }
        json.skipChildren();
      }
    } catch (JsonProcessingException e) {
      throw new IOException("%s is not JSON: %s".formatted(path, e.getOriginalMessage()), e);
    }
    throw new IOException("%s: the entry %s is missing".formatted(path, VOCABULARY_SIZE));
  }

  /** What is absent or null is the plain Llama's. */
  private static void requirePlain(JsonNode node, String key, String plain, Path path)
      throws IOException {
    String found = node.path(key).asText(plain);
    if (!found.equals(plain) && !node.path(key).isNull()) {
      throw new IOException("%s: %s is %s, only %s is known".formatted(path, key, found, plain));
    }
  }

  /**
   * Reads the weights of {@code folder}, F32, BF16 or F16 and in one file or several, into a model
   * of this shape.
   *
   * @throws IOException naming the file and the tensor that is missing or not the model's
   */
  public static Tensors readWeights(FileSystem files, Path folder, ModelConfig model)
      throws IOException {
    Tensors weights = Tensors.zeros(ParameterLayout.of(model));
    readWeights(files, folder, weights);
    return weights;
  }

  /** Reads the weights in place of those that {@code weights} hold, which say the shape. */
  public static void readWeights(FileSystem files, Path folder, Tensors weights)
      throws IOException {
    ParameterLayout layout = weights.layout();
    try (ModelWeights stored = ModelWeights.open(files, folder)) {
      stored.require(entries(layout));
      for (int i = 0; i < layout.tensors().size(); i++) {
        TensorSpec tensor = layout.tensors().get(i);
        stored.read(tensor.name(), weights.of(i), tensor.size());
      }
    }
  }
}
