package io.gristmill.tokenization.format;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Hugging Face's own tokenizers, through DJL. */
final class HuggingFaceIds {
  private HuggingFaceIds() {}

  /** Opens a file's text; the network is not asked. */
  static HuggingFaceTokenizer open(String json, Path folder) throws IOException {
    System.setProperty("OFFLINE", "true");
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, json);
    return HuggingFaceTokenizer.newInstance(
        file, Map.of("addSpecialTokens", "false", "truncation", "false"));
  }

  static int[] of(HuggingFaceTokenizer tokenizer, String text) {
    return Arrays.stream(tokenizer.encode(text, false, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  /** With the template of the file around them. */
  static int[] withTemplate(HuggingFaceTokenizer tokenizer, String text) {
    return Arrays.stream(tokenizer.encode(text, true, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }
}
