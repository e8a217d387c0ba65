package io.gristmill.tokenization.exchange;

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

  @Override
  public String toString() {
    return key;
  }
}
