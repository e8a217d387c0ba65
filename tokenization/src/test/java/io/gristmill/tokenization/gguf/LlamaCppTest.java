package io.gristmill.tokenization.gguf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.LogFormat;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.format.TokenizerConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * llama.cpp itself (build 4916, in de.kherud:llama 4.2.0) reads the keys that we write and gives
 * the same ids. That library loads no file without tensors, so they stand before a model of zeros.
 */
class LlamaCppTest {
  private static final int WIDTH = 32;
  private static final int ALIGNMENT = 32;

  /**
   * Short: this build recurses over runs of Han until the stack ends. It takes '~' for no symbol.
   */
  private static final List<String> TEXTS =
      List.of(
          GgufTokenizerTest.TEXT,
          "It's 2026年, we'll GRIND 123456 grains of wheat!!\n\n\n  The end.\n ",
          "磨坊主把面粉卖掉，然后（也许）休息。ＡＢＣ１２３ 한국어 かなカナ・ー",
          "def f(x):\n\treturn x ** 2  # naïve — café\r\n",
          "🙂🙃 👨‍👩‍👧 a\u0301 \u00A0 \u3000x");

  @ParameterizedTest
  @ValueSource(strings = {"deepseek-v3", "gpt-2", "llama-bpe", "qwen2", "o200k"})
  void givesTheSameIds(String pretokenizer, @TempDir Path folder) throws IOException {
    BpeTokenizer tokenizer = GgufTokenizerTest.trained(pretokenizer);
    Path file = folder.resolve("model.gguf");
    Files.write(file, model(tokenizer));
    LlamaModel.setLogger(LogFormat.TEXT, (level, message) -> {});
    try (var llama =
        new LlamaModel(
            new ModelParameters().setModel(file.toString()).setCtxSize(64).skipWarmup())) {
      for (String text : TEXTS) {
        assertThat(llama.encode(text)).as(text).isEqualTo(tokenizer.encoder().encode(text));
      }
      assertThat(llama.encode("<|im_start|>user"))
          .isEqualTo(tokenizer.recognisingEncoder().encode("<|im_start|>user"));
    }
  }

  /** One layer of zeros; what its keys and tensors are is said in ggml's docs/gguf.md. */
  private static byte[] model(BpeTokenizer tokenizer) throws IOException {
    int vocabulary = tokenizer.vocabularySize();
    var entries = new LinkedHashMap<String, GgufValue>();
    entries.put("general.architecture", new GgufValue.Text("llama"));
    entries.put("llama.context_length", new GgufValue.U32(64));
    entries.put("llama.embedding_length", new GgufValue.U32(WIDTH));
    entries.put("llama.block_count", new GgufValue.U32(1));
    entries.put("llama.feed_forward_length", new GgufValue.U32(WIDTH));
    entries.put("llama.attention.layer_norm_rms_epsilon", new GgufValue.F32(1e-5f));
    entries.put("llama.attention.head_count", new GgufValue.U32(2));
    entries.put("llama.vocab_size", new GgufValue.U32(vocabulary));
    entries.putAll(GgufTokenizer.entries(tokenizer, TokenizerConfig.of(tokenizer)));
    Map<String, int[]> tensors = new LinkedHashMap<>();
    tensors.put("token_embd.weight", new int[] {WIDTH, vocabulary});
    tensors.put("output_norm.weight", new int[] {WIDTH});
    tensors.put("blk.0.attn_norm.weight", new int[] {WIDTH});
    tensors.put("blk.0.ffn_norm.weight", new int[] {WIDTH});
    for (String name :
        List.of("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")) {
      tensors.put("blk.0." + name + ".weight", new int[] {WIDTH, WIDTH});
    }
    var file = new ByteArrayOutputStream();
    GgufVocabulary.writeHead(tensors.size(), entries, file);
    long offset = 0;
    for (Map.Entry<String, int[]> tensor : tensors.entrySet()) {
      byte[] name = tensor.getKey().getBytes(UTF_8);
      file.writeBytes(longs(name.length));
      file.writeBytes(name);
      file.writeBytes(ints(tensor.getValue().length));
      long size = 4;
      for (int dimension : tensor.getValue()) {
        file.writeBytes(longs(dimension));
        size *= dimension;
      }
      file.writeBytes(ints(0));
      file.writeBytes(longs(offset));
      offset += size; // Every size here is a multiple of the alignment.
    }
    file.write(new byte[(ALIGNMENT - file.size() % ALIGNMENT) % ALIGNMENT]);
    file.write(new byte[Math.toIntExact(offset)]);
    return file.toByteArray();
  }

  private static byte[] longs(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private static byte[] ints(int... values) {
    var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }
}
