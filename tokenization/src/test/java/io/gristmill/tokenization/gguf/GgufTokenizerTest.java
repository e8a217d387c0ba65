package io.gristmill.tokenization.gguf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.tokenization.Template;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.BpeTrainer;
import io.gristmill.tokenization.bpe.BpeTrainerConfig;
import io.gristmill.tokenization.bpe.MergeProgress;
import io.gristmill.tokenization.bpe.PieceCounts;
import io.gristmill.tokenization.format.TokenizerConfig;
import io.gristmill.tokenization.normalization.Normalizer;
import io.gristmill.tokenization.pretoken.Pretokenization;
import io.gristmill.tokenization.pretoken.Split;
import io.gristmill.tokenization.pretoken.Splits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GgufTokenizerTest {
  static final String TEXT =
      "The mill grinds wheat; don't they've 12345 grains?\n\n  磨坊把麦子磨成面粉，Spark用4096核。 ";

  static BpeTokenizer trained(String pretokenizer) {
    var config =
        new BpeTrainerConfig(
            330, pretokenizer, BpeTrainerConfig.defaults().specialTokens(), 2, 2, 64, 64);
    var counts = new PieceCounts(config);
    counts.addText(TEXT.repeat(3).getBytes(UTF_8));
    var trainer = new BpeTrainer(config);
    trainer.add(counts);
    return trainer.train(MergeProgress.NONE).tokenizer();
  }

  private static Map<String, GgufValue> entries(BpeTokenizer tokenizer) {
    return GgufTokenizer.entries(tokenizer, TokenizerConfig.of(tokenizer));
  }

  @Test
  void theKeysAreThoseThatLlamaCppReads() {
    Map<String, GgufValue> entries = entries(trained("deepseek-v3"));
    assertThat(entries)
        .containsEntry("tokenizer.ggml.model", new GgufValue.Text("gpt2"))
        .containsEntry("tokenizer.ggml.pre", new GgufValue.Text("deepseek-v3"))
        .containsEntry("tokenizer.ggml.bos_token_id", new GgufValue.U32(0))
        .containsEntry("tokenizer.ggml.eos_token_id", new GgufValue.U32(0))
        .containsEntry("tokenizer.ggml.padding_token_id", new GgufValue.U32(0))
        .containsEntry("tokenizer.ggml.add_bos_token", new GgufValue.Bool(false))
        .containsEntry("tokenizer.ggml.add_eos_token", new GgufValue.Bool(false))
        .containsEntry("tokenizer.chat_template", new GgufValue.Text(TokenizerConfig.CHAT_ML));
    var tokens = ((GgufValue.Texts) entries.get("tokenizer.ggml.tokens")).values();
    assertThat(tokens).hasSize(330).doesNotHaveDuplicates().startsWith("<|endoftext|>");
    assertThat(tokens.get(5)).isEqualTo("!");
    var types = ((GgufValue.I32s) entries.get("tokenizer.ggml.token_type")).values();
    assertThat(types).hasSize(330).startsWith(3, 3, 3, 3, 3, 1).endsWith(1);
    var merges = ((GgufValue.Texts) entries.get("tokenizer.ggml.merges")).values();
    assertThat(merges).hasSize(330 - 5 - 256).allMatch(merge -> merge.split(" ").length == 2);
  }

  @Test
  void aTemplateOfOneTokenOnASideIsAdded() {
    BpeTokenizer tokenizer =
        trained("llama-bpe").withTemplate(new Template(List.of(1), List.of(0)));
    assertThat(
            GgufTokenizer.entries(
                tokenizer, new TokenizerConfig("<|im_start|>", "<|endoftext|>", "", "")))
        .containsEntry("tokenizer.ggml.bos_token_id", new GgufValue.U32(1))
        .containsEntry("tokenizer.ggml.eos_token_id", new GgufValue.U32(0))
        .containsEntry("tokenizer.ggml.add_bos_token", new GgufValue.Bool(true))
        .containsEntry("tokenizer.ggml.add_eos_token", new GgufValue.Bool(true))
        .doesNotContainKeys("tokenizer.ggml.padding_token_id", "tokenizer.chat_template");
  }

  @Test
  void whatLlamaCppWouldReadOtherwiseIsRefused() {
    refused(
        trained("cl100k"),
        "llama.cpp knows no pretokenizer that cuts as cl100k does; it knows deepseek-v3, gpt-2, llama-bpe, o200k, qwen2");
    BpeTokenizer gpt2 = trained("gpt-2");
    Pretokenization words = new Splits(List.of(Split.isolated("\\w+")));
    refused(
        new BpeTokenizer(words, gpt2.vocabulary(), gpt2.merges()),
        "llama.cpp knows no pretokenizer that cuts as regex \\w+ does");
    refused(
        gpt2.withNormalizer(Normalizer.NFKC),
        "llama.cpp does not normalize text, the tokenizer brings it into the forms [NFKC]");
    refused(
        gpt2.withTemplate(new Template(List.of(0, 1), List.of())),
        "the template puts the ids [0, 1] on one side of a text");
    assertThatThrownBy(() -> GgufTokenizer.entries(gpt2, new TokenizerConfig("", "</s>", "", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("eos_token is </s>, which is no added token of the tokenizer");
  }

  private static void refused(BpeTokenizer tokenizer, String message) {
    assertThatThrownBy(() -> entries(tokenizer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aFileHoldsWhatWasPutIn() throws IOException {
    Map<String, GgufValue> entries = entries(trained("qwen2"));
    var bytes = new ByteArrayOutputStream();
    GgufVocabulary.write(entries, bytes);
    ByteBuffer file = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(file.getInt()).isEqualTo(0x46554747);
    assertThat(file.getInt()).isEqualTo(3);
    assertThat(file.getLong()).as("tensors").isZero();
    var read = new LinkedHashMap<String, GgufValue>();
    for (long n = file.getLong(); n > 0; n--) {
      read.put(text(file), value(file));
    }
    assertThat(file.hasRemaining()).isFalse();
    assertThat(read.remove("general.architecture")).isEqualTo(new GgufValue.Text("llama"));
    assertThat(read.remove("general.name")).isEqualTo(new GgufValue.Text("vocabulary"));
    assertThat(read).containsExactlyEntriesOf(entries);
  }

  private static GgufValue value(ByteBuffer file) {
    int type = file.getInt();
    return switch (type) {
      case 4 -> new GgufValue.U32(file.getInt());
      case 7 -> new GgufValue.Bool(file.get() != 0);
      case 8 -> new GgufValue.Text(text(file));
      case 9 -> list(file);
      default -> throw new AssertionError("type " + type + " at byte " + file.position());
    };
  }

  private static GgufValue list(ByteBuffer file) {
    int type = file.getInt();
    var texts = new ArrayList<String>();
    var numbers = new ArrayList<Integer>();
    for (long n = file.getLong(); n > 0; n--) {
      if (type == 8) {
        texts.add(text(file));
      } else {
        assertThat(type).isEqualTo(5);
        numbers.add(file.getInt());
      }
    }
    return type == 8 ? new GgufValue.Texts(texts) : new GgufValue.I32s(numbers);
  }

  private static String text(ByteBuffer file) {
    byte[] utf8 = new byte[Math.toIntExact(file.getLong())];
    file.get(utf8);
    return new String(utf8, UTF_8);
  }
}
