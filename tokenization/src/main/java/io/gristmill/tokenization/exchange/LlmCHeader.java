package io.gristmill.tokenization.exchange;

import io.gristmill.tokenization.shard.TokenWidth;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first 256 ints of an llm.c file: magic, version, number of tokens, zeros. The magic tells how
 * wide the tokens are: those of GPT-2 have two bytes, those of Llama 3 four.
 */
record LlmCHeader(TokenWidth width, int tokens) {
  static final int BYTES = 1024;

  private static final int GPT2_MAGIC = 20240520;
  private static final int GPT2_VERSION = 1;
  private static final int LLAMA3_MAGIC = 20240801;
  private static final int LLAMA3_VERSION = 7;

  byte[] bytes() {
    boolean narrow = width == TokenWidth.U16;
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(narrow ? GPT2_MAGIC : LLAMA3_MAGIC)
        .putInt(narrow ? GPT2_VERSION : LLAMA3_VERSION)
        .putInt(tokens)
        .array();
  }

  /**
   * @param file for messages
   * @throws IllegalArgumentException if it is not the header of such a file
   */
  static LlmCHeader of(byte[] bytes, String file) {
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int magic = header.getInt();
    int version = header.getInt();
    int tokens = header.getInt();
    TokenWidth width =
        switch (magic) {
          case GPT2_MAGIC -> TokenWidth.U16;
          case LLAMA3_MAGIC -> TokenWidth.U32;
          default ->
              throw new IllegalArgumentException(
                  "%s at byte 0: the magic number is %d, must be %d (two bytes a token) or %d (four); is it an llm.c file? A file without a header is nanogpt's"
                      .formatted(file, magic, GPT2_MAGIC, LLAMA3_MAGIC));
        };
    int expected = width == TokenWidth.U16 ? GPT2_VERSION : LLAMA3_VERSION;
    if (version != expected) {
      throw new IllegalArgumentException(
          "%s at byte 4: the version is %d, must be %d; write the file with a current llm.c"
              .formatted(file, version, expected));
    }
    if (tokens < 0) {
      throw new IllegalArgumentException(
          "%s at byte 8: the number of tokens is %d, must be at least 0; write the file again"
              .formatted(file, tokens));
    }
    return new LlmCHeader(width, tokens);
  }
}
