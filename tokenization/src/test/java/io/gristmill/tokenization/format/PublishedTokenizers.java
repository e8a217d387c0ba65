package io.gristmill.tokenization.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.knuddels.jtokkit.Encodings;
import io.gristmill.tokenization.SharedData;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Tokenizers that others published: of the shared data, and of jtokkit's own files. */
final class PublishedTokenizers {
  private PublishedTokenizers() {}

  static BpeTokenizer read(String file) throws IOException {
    if (file.equals("gpt2-encoder.json")) {
      String merges = "gpt2-vocab.bpe";
      return VocabularyAndMerges.parse(text(file), file, text(merges), merges);
    }
    if (file.endsWith(".json")) {
      return TokenizerJson.parse(text(file), file);
    }
    return RankFile.parse(text(file), file, RankEncoding.named(file.replace(".tiktoken", "")));
  }

  static String text(String file) throws IOException {
    try (InputStream in =
        file.contains("_base")
            ? Objects.requireNonNull(
                Encodings.class.getResourceAsStream("/com/knuddels/jtokkit/" + file), file)
            : new GZIPInputStream(
                Files.newInputStream(
                    SharedData.root().resolve("eval/tokenizers/" + file + ".gz")))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
