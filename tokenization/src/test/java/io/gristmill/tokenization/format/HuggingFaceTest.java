package io.gristmill.tokenization.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.SharedData;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.BpeTrainer;
import io.gristmill.tokenization.bpe.BpeTrainerConfig;
import io.gristmill.tokenization.bpe.MergeProgress;
import io.gristmill.tokenization.bpe.PieceCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hugging Face tokenizers, through DJL, read what we write and give the same ids. */
@Tag("shared")
class HuggingFaceTest {
  private static final long BYTES_PER_FILE = Long.getLong("tests.bytes", 20_000);

  @BeforeAll
  static void keepItOffTheNetwork() {
    System.setProperty("OFFLINE", "true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deepseek-v3", "gpt-2", "cl100k", "o200k", "llama-bpe", "qwen2"})
  void givesTheSameIdsForATokenizerThatWeTrained(String pretokenizer, @TempDir Path folder)
      throws IOException {
    BpeTrainerConfig defaults = BpeTrainerConfig.defaults();
    var config =
        new BpeTrainerConfig(
            4000, pretokenizer, defaults.specialTokens(), defaults.reservedTokens(), 2, 64, 64);
    var counts = new PieceCounts(config);
    for (String file : SharedData.TEXT_FILES) {
      SharedData.texts(file, 30_000).forEach(text -> counts.addText(text.getBytes(UTF_8)));
    }
    var trainer = new BpeTrainer(config);
    trainer.add(counts);
    BpeTokenizer tokenizer = trainer.train(MergeProgress.NONE).tokenizer();
    TokenizerFiles.write(
        tokenizer, new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
    assertSameIds(tokenizer, folder.resolve("tokenizer.json"));
  }

  @Test
  void givesTheSameIdsForMinimind(@TempDir Path folder) throws IOException {
    Path packed = SharedData.root().resolve("eval/tokenizers/minimind-tokenizer.json.gz");
    Path file = folder.resolve("tokenizer.json");
    try (var lines = SharedData.lines(packed)) {
      Files.writeString(file, lines.lines().collect(Collectors.joining("\n")));
    }
    BpeTokenizer tokenizer =
        TokenizerJson.read(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration());
    assertThat(tokenizer.vocabularySize()).isEqualTo(6400);
    assertSameIds(tokenizer, file);
  }

  private static void assertSameIds(Tokenizer tokenizer, Path file) throws IOException {
    Encoder encoder = tokenizer.encoder();
    try (var theirs =
        HuggingFaceTokenizer.newInstance(
            file, Map.of("addSpecialTokens", "false", "truncation", "false"))) {
      for (String name : SharedData.TEXT_FILES) {
        for (String text : SharedData.texts(name, BYTES_PER_FILE)) {
          int[] expected =
              Arrays.stream(theirs.encode(text, false, false).getIds())
                  .mapToInt(Math::toIntExact)
                  .toArray();
          int[] actual = encoder.encode(text);
          if (!Arrays.equals(actual, expected)) {
            int at = Arrays.mismatch(actual, expected);
            int from = Math.max(0, at - 3);
            assertThat(
                    tokenizer.decode(
                        Arrays.copyOfRange(actual, from, Math.min(actual.length, at + 5))))
                .as("%s, token %d", name, at)
                .isEqualTo(
                    tokenizer.decode(
                        Arrays.copyOfRange(expected, from, Math.min(expected.length, at + 5))));
            assertThat(Arrays.copyOfRange(actual, from, Math.min(actual.length, at + 5)))
                .isEqualTo(Arrays.copyOfRange(expected, from, Math.min(expected.length, at + 5)));
          }
          assertThat(tokenizer.decode(actual)).isEqualTo(text);
        }
      }
    }
  }
}
