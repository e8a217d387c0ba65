package io.gristmill.tokenization.format;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.vocabulary.AddedToken;

/** The {@code tokenizer_config.json} that transformers reads beside {@code tokenizer.json}. */
public final class TokenizerConfigJson {
  /** The file's name inside a tokenizer or model folder. */
  public static final String FILE = "tokenizer_config.json";

  /** What transformers writes where a tokenizer itself sets no limit. */
  private static final long NO_LIMIT = 1_000_000_000L;

  private TokenizerConfigJson() {}

  /** The file's text: the end-of-text token also begins and pads. */
  public static String toJson(BpeTokenizer tokenizer) {
    boolean ends = tokenizer.vocabulary().addedId(Tokenizer.END_OF_TEXT).isPresent();
    return JsonText.of(
        json -> {
          json.writeStartObject();
          json.writeStringField("tokenizer_class", "PreTrainedTokenizerFast");
          for (String field : new String[] {"bos_token", "eos_token", "pad_token"}) {
            if (ends) {
              json.writeStringField(field, Tokenizer.END_OF_TEXT);
            } else {
              json.writeNullField(field);
            }
          }
          json.writeNullField("unk_token");
          json.writeBooleanField("add_bos_token", false);
          json.writeBooleanField("add_eos_token", false);
          json.writeBooleanField("add_prefix_space", false);
          json.writeBooleanField("clean_up_tokenization_spaces", false);
          json.writeNumberField("model_max_length", NO_LIMIT);
          json.writeObjectFieldStart("added_tokens_decoder");
          for (AddedToken token : tokenizer.vocabulary().addedTokens()) {
            json.writeObjectFieldStart(Integer.toString(token.id()));
            json.writeStringField("content", token.content());
            json.writeBooleanField("lstrip", false);
            json.writeBooleanField("normalized", false);
            json.writeBooleanField("rstrip", false);
            json.writeBooleanField("single_word", false);
            json.writeBooleanField("special", token.special());
            json.writeEndObject();
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }
}
