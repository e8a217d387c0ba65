package io.gristmill.tokenization.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.Merges;
import io.gristmill.tokenization.vocabulary.AddedToken;
import io.gristmill.tokenization.vocabulary.ByteAlphabet;
import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.io.IOException;

/** Writes {@code tokenizer.json}, field by field in the order of Hugging Face's own files. */
final class TokenizerJsonWriter {
  private final JsonGenerator json;

  private TokenizerJsonWriter(JsonGenerator json) {
    this.json = json;
  }

  static String write(BpeTokenizer tokenizer) {
    return JsonText.of(json -> new TokenizerJsonWriter(json).document(tokenizer));
  }

  private void document(BpeTokenizer tokenizer) throws IOException {
    String[] texts = texts(tokenizer.vocabulary());
    json.writeStartObject();
    json.writeStringField("version", "1.0");
    json.writeNullField("truncation");
    json.writeNullField("padding");
    json.writeArrayFieldStart("added_tokens");
    for (AddedToken token : tokenizer.vocabulary().addedTokens()) {
      json.writeStartObject();
      json.writeNumberField("id", token.id());
      json.writeStringField("content", token.content());
      json.writeBooleanField("single_word", token.rules().singleWord());
      json.writeBooleanField("lstrip", token.rules().lstrip());
      json.writeBooleanField("rstrip", token.rules().rstrip());
      json.writeBooleanField("normalized", token.rules().normalized());
      json.writeBooleanField("special", token.special());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeFieldName("normalizer");
    NormalizerJson.write(tokenizer.normalizer(), json);
    json.writeFieldName("pre_tokenizer");
    PretokenizerJson.write(tokenizer.pretokenizer(), json);
    json.writeFieldName("post_processor");
    TemplateJson.write(tokenizer.template(), texts, json);
    json.writeFieldName("decoder");
    PretokenizerJson.byteLevel(true, true, json);
    json.writeFieldName("model");
    model(tokenizer.merges(), texts, tokenizer.ignoresMerges());
    json.writeEndObject();
  }

  private void model(Merges merges, String[] texts, boolean ignoresMerges) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "BPE");
    json.writeNullField("dropout");
    json.writeNullField("unk_token");
    json.writeNullField("continuing_subword_prefix");
    json.writeNullField("end_of_word_suffix");
    json.writeBooleanField("fuse_unk", false);
    json.writeBooleanField("byte_fallback", false);
    json.writeBooleanField("ignore_merges", ignoresMerges);
    json.writeObjectFieldStart("vocab");
    for (int id = 0; id < texts.length; id++) {
      json.writeNumberField(texts[id], id);
    }
    json.writeEndObject();
    json.writeArrayFieldStart("merges");
    for (int rank = 0; rank < merges.size(); rank++) {
      json.writeStartArray();
      json.writeString(texts[merges.left(rank)]);
      json.writeString(texts[merges.right(rank)]);
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** The text of each id: bytes in their alphabet, added tokens as they are. */
  static String[] texts(Vocabulary vocabulary) {
    String[] texts = new String[vocabulary.size()];
    for (int id = 0; id < texts.length; id++) {
      texts[id] = ByteAlphabet.encode(vocabulary.bytes(id));
    }
    for (AddedToken token : vocabulary.addedTokens()) {
      texts[token.id()] = token.content();
    }
    return texts;
  }
}
