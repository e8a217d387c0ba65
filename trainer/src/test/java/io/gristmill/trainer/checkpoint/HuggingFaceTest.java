package io.gristmill.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.MiniCpmParametrization;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.PowerParametrization;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HuggingFaceTest {
  private static final ModelConfig GROUPED =
      new ModelConfig(300, 64, 2, 4, 2, 16, 96, 128, 50_000, 1e-6, false);

  @TempDir Path folder;

  @Test
  void configJsonHasEveryFieldThatTransformersReads() throws IOException {
    JsonNode config = new ObjectMapper().readTree(HuggingFace.config(GROUPED, 0));
    assertThat(config.path("architectures").toString()).isEqualTo("[\"LlamaForCausalLM\"]");
    assertThat(config.path("model_type").asText()).isEqualTo("llama");
    assertThat(config.path("vocab_size").asInt()).isEqualTo(300);
    assertThat(config.path("hidden_size").asInt()).isEqualTo(64);
    assertThat(config.path("intermediate_size").asInt()).isEqualTo(96);
    assertThat(config.path("num_hidden_layers").asInt()).isEqualTo(2);
    assertThat(config.path("num_attention_heads").asInt()).isEqualTo(4);
    assertThat(config.path("num_key_value_heads").asInt()).isEqualTo(2);
    assertThat(config.path("head_dim").asInt()).isEqualTo(16);
    assertThat(config.path("hidden_act").asText()).isEqualTo("silu");
    assertThat(config.path("max_position_embeddings").asInt()).isEqualTo(128);
    assertThat(config.path("rms_norm_eps").asDouble()).isEqualTo(1e-6);
    assertThat(config.path("tie_word_embeddings").asBoolean(true)).isFalse();
    assertThat(config.path("eos_token_id").isIntegralNumber()).isTrue();
    assertThat(config.path("rope_theta").asDouble()).isEqualTo(50_000);
    assertThat(config.path("rope_parameters").path("rope_theta").asDouble()).isEqualTo(50_000);
    assertThat(config.path("rope_parameters").path("rope_type").asText()).isEqualTo("default");
    assertThat(config.path("torch_dtype").asText()).isEqualTo("float32");
  }

  @Test
  void qwen3HasTheEntriesAndTensorsOfItsClass() throws IOException {
    ModelConfig model = GROUPED.withQueryKeyNorm();
    JsonNode config = new ObjectMapper().readTree(HuggingFace.config(model, 0));
    assertThat(config.path("architectures").toString()).isEqualTo("[\"Qwen3ForCausalLM\"]");
    assertThat(config.path("model_type").asText()).isEqualTo("qwen3");
    assertThat(config.path("head_dim").asInt()).isEqualTo(16);
    assertThat(config.path("use_sliding_window").asBoolean(true)).isFalse();
    assertThat(HuggingFace.entries(ParameterLayout.of(model)))
        .contains(
            TensorEntry.float32("model.layers.1.self_attn.q_norm.weight", List.of(16)),
            TensorEntry.float32("model.layers.1.self_attn.k_norm.weight", List.of(16)));
  }

  @Test
  void aSlidingWindowIsRefused() {
    assertThatThrownBy(() -> read("{\"model_type\": \"qwen3\", \"use_sliding_window\": true}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("use_sliding_window is true, only false is known");
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aModelFolderIsReadBackBitForBit(ModelConfig model) throws IOException {
    var path = new org.apache.hadoop.fs.Path(folder.resolve("model").toUri());
    FileSystem files = CheckpointFiles.system(path, new Configuration());
    Tensors weights = new Llama(model, Kernels.best()).initial(5);
    HuggingFace.write(new CheckpointWriter(files, path, Fence.none()), model, weights, 0);

    ModelConfig config = HuggingFace.readConfig(files, path);
    Tensors read = HuggingFace.readWeights(files, path, config);

    assertThat(config).isEqualTo(model);
    for (int i = 0; i < weights.layout().tensors().size(); i++) {
      assertThat(Arrays.equals(read.of(i), weights.of(i))).isTrue();
    }
  }

  static Stream<ModelConfig> variants() {
    return Stream.of(
        GROUPED,
        GROUPED.withQueryKeyNorm(),
        GROUPED.with(new MiniCpmParametrization(24, 0.07, 12, 1.3)),
        GROUPED.with(PowerParametrization.of(48, 64, 2, 16)),
        GROUPED.with(new PowerParametrization(48, 0.03, 7, 0.3, 0.1, 1)));
  }

  @Test
  void miniCpmHasTheEntriesOfItsClass() throws IOException {
    ModelConfig model = GROUPED.with(new MiniCpmParametrization(32, 0.1, 12, 1.4));
    JsonNode config = new ObjectMapper().readTree(HuggingFace.config(model, 0));
    assertThat(config.path("architectures").toString()).isEqualTo("[\"MiniCPMForCausalLM\"]");
    assertThat(config.path("model_type").asText()).isEqualTo("minicpm");
    assertThat(config.path("scale_emb").asDouble()).isEqualTo(12);
    assertThat(config.path("scale_depth").asDouble()).isEqualTo(1.4);
    assertThat(config.path("dim_model_base").asInt()).isEqualTo(32);
    assertThat(config.path("initializer_range").asDouble()).isEqualTo(0.1);
  }

  @Test
  void graniteHasTheEntriesOfItsClassAndTheBaseWidth() throws IOException {
    ModelConfig model = GROUPED.with(PowerParametrization.of(32, 64, 49, 16));
    JsonNode config = new ObjectMapper().readTree(HuggingFace.config(model, 0));
    assertThat(config.path("architectures").toString()).isEqualTo("[\"GraniteForCausalLM\"]");
    assertThat(config.path("model_type").asText()).isEqualTo("granite");
    assertThat(config.path("embedding_multiplier").asDouble()).isEqualTo(12);
    assertThat(config.path("residual_multiplier").asDouble()).isCloseTo(0.2, within(1e-15));
    assertThat(config.path("attention_multiplier").asDouble()).isEqualTo(0.0625);
    assertThat(config.path("logits_scaling").asDouble()).isEqualTo(2);
    assertThat(config.path("mup_base_width").asInt()).isEqualTo(32);
  }

  @Test
  void aForeignGraniteHasTheBaseWidthThatItsLogitsAreScaledBy() throws IOException {
    ModelConfig model =
        read(
            """
            {"model_type": "granite", "hidden_size": 2048, "intermediate_size": 8192,
             "num_hidden_layers": 40, "num_attention_heads": 32, "num_key_value_heads": 8,
             "vocab_size": 49155, "max_position_embeddings": 4096, "rms_norm_eps": 1e-05,
             "rope_theta": 10000.0, "tie_word_embeddings": true, "initializer_range": 0.02,
             "embedding_multiplier": 12.0, "residual_multiplier": 0.22,
             "attention_multiplier": 0.015625, "logits_scaling": 8.0}
            """);
    assertThat(model.parametrization())
        .isEqualTo(new PowerParametrization(256, 0.02, 12, 0.22, 1.0 / 64, 8));
    assertThat(model.headSize()).isEqualTo(64);
  }

  @Test
  void aMissingMultiplierIsNamed() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    {"model_type": "minicpm", "hidden_size": 64, "intermediate_size": 96,
                     "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 300,
                     "max_position_embeddings": 128, "rms_norm_eps": 1e-05,
                     "scale_emb": 12, "dim_model_base": 256}
                    """))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("scale_depth");
  }

  private ModelConfig read(String config) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
    var path = new org.apache.hadoop.fs.Path(folder.toUri());
    return HuggingFace.readConfig(CheckpointFiles.system(path, new Configuration()), path);
  }

  @Test
  void aFolderOfAnotherArchitectureIsNamed() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"gpt2\"}");
    var path = new org.apache.hadoop.fs.Path(folder.toUri());
    FileSystem files = CheckpointFiles.system(path, new Configuration());
    assertThatThrownBy(() -> HuggingFace.readConfig(files, path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("model_type is gpt2, only llama, minicpm, granite, qwen3 are known");
  }
}
