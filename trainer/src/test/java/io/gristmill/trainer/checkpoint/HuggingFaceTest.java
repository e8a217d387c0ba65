package io.gristmill.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void aModelFolderIsReadBackBitForBit() throws IOException {
    var path = new org.apache.hadoop.fs.Path(folder.resolve("model").toUri());
    FileSystem files = CheckpointFiles.system(path, new Configuration());
    Tensors weights = new Llama(GROUPED, Kernels.best()).initial(5);
    HuggingFace.write(new CheckpointWriter(files, path, Fence.none()), GROUPED, weights, 0);

    ModelConfig config = HuggingFace.readConfig(files, path);
    Tensors read = HuggingFace.readWeights(files, path, config);

    assertThat(config).isEqualTo(GROUPED);
    for (int i = 0; i < weights.layout().tensors().size(); i++) {
      assertThat(Arrays.equals(read.of(i), weights.of(i))).isTrue();
    }
  }

  @Test
  void aFolderOfAnotherArchitectureIsNamed() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"gpt2\"}");
    var path = new org.apache.hadoop.fs.Path(folder.toUri());
    FileSystem files = CheckpointFiles.system(path, new Configuration());
    assertThatThrownBy(() -> HuggingFace.readConfig(files, path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("model_type is gpt2, only llama is known");
  }
}
