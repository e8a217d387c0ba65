package io.gristmill.tokenization.format;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;

/**
 * What stands beside a tokenizer in its {@code tokenizer_config.json}: which tokens begin, end and
 * pad a sequence, and how a chat becomes text. What a tokenizer does not have is an empty text.
 *
 * @param bosToken text of the token that begins a sequence
 * @param eosToken text of the token that ends one
 * @param padToken text of the token that fills one up
 * @param chatTemplate a Jinja template of the variables {@code messages} and {@code
 *     add_generation_prompt}, as transformers and llama.cpp run it
 */
public record TokenizerConfig(
    String bosToken, String eosToken, String padToken, String chatTemplate) {
  /** Says nothing. */
  public static final TokenizerConfig NONE = new TokenizerConfig("", "", "", "");

  /** ChatML: every message between {@code <|im_start|>role} and {@code <|im_end|>}. */
  public static final String CHAT_ML =
      "{% for message in messages %}"
          + "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}"
          + "{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

  /**
   * What belongs to a tokenizer that we trained: the end-of-text token also begins and pads, and
   * chats are ChatML where its marks are there.
   */
  public static TokenizerConfig of(BpeTokenizer tokenizer) {
    String end = has(tokenizer, Tokenizer.END_OF_TEXT) ? Tokenizer.END_OF_TEXT : "";
    boolean chats = has(tokenizer, "<|im_start|>") && has(tokenizer, "<|im_end|>");
    return new TokenizerConfig(end, end, end, chats ? CHAT_ML : "");
  }

  private static boolean has(BpeTokenizer tokenizer, String addedToken) {
    return tokenizer.vocabulary().addedId(addedToken).isPresent();
  }
}
