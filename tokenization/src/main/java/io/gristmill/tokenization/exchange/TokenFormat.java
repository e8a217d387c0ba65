package io.gristmill.tokenization.exchange;

import java.util.Arrays;
import java.util.List;

/** A file format in which other trainers keep tokens. */
public enum TokenFormat {
  /**
   * NVIDIA Megatron-LM, also GPT-NeoX and many others: {@code .bin} with the tokens and {@code
   * .idx} with the documents (megatron/core/datasets/indexed_dataset.py).
   */
  MEGATRON("megatron"),
  /** karpathy/nanoGPT: two bytes a token and nothing else (data/openwebtext/prepare.py). */
  NANOGPT("nanogpt"),
  /** karpathy/llm.c: a header of 1,024 bytes, then the tokens (dev/data/data_common.py). */
  LLM_C("llm.c");

  private final String key;

  TokenFormat(String key) {
    this.key = key;
  }

  /** The name on the command line. */
  public String key() {
    return key;
  }

  /**
   * The format with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TokenFormat named(String key) {
    return Arrays.stream(values())
        .filter(format -> format.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "format is %s, must be one of %s".formatted(key, keys())));
  }

  /** The names of all formats. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(TokenFormat::key).toList();
  }

  @Override
  public String toString() {
    return key;
  }
}
