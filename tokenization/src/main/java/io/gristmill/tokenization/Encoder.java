package io.gristmill.tokenization;

import java.nio.charset.StandardCharsets;

/**
 * Turns text into token ids. Added tokens are never produced: text that spells one is ordinary
 * text. Holds working memory, so make one per thread.
 */
public interface Encoder {
  /**
   * Appends the ids of the bytes from {@code from} to {@code to}, a text of its own.
   *
   * @param utf8 text; what else the bytes may be is for the tokenizer to say
   */
  void encode(byte[] utf8, int from, int to, Tokens target);

  /** The ids of the bytes. */
  default int[] encode(byte[] utf8) {
    var tokens = new Tokens();
    encode(utf8, 0, utf8.length, tokens);
    return tokens.toArray();
  }

  /** The ids of the text. A lone surrogate is encoded as '?', as Java does. */
  default int[] encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }
}
