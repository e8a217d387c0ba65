package io.gristmill.tokenization.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.Merges;
import io.gristmill.tokenization.pretoken.Pretokenizer;
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
    json.writeStartObject();
    json.writeStringField("version", "1.0");
    json.writeNullField("truncation");
    json.writeNullField("padding");
    json.writeArrayFieldStart("added_tokens");
    for (AddedToken token : tokenizer.vocabulary().addedTokens()) {
      json.writeStartObject();
      json.writeNumberField("id", token.id());
      json.writeStringField("content", token.content());
      json.writeBooleanField("single_word", false);
      json.writeBooleanField("lstrip", false);
      json.writeBooleanField("rstrip", false);
      json.writeBooleanField("normalized", false);
      json.writeBooleanField("special", token.special());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNullField("normalizer");
    json.writeFieldName("pre_tokenizer");
    pretokenizer(tokenizer.pretokenizer());
    json.writeNullField("post_processor");
    json.writeFieldName("decoder");
    byteLevel(true, true);
    json.writeFieldName("model");
    model(tokenizer.vocabulary(), tokenizer.merges());
    json.writeEndObject();
  }

  private void pretokenizer(Pretokenizer pretokenizer) throws IOException {
    if (pretokenizer.name().equals("gpt-2")) {
      byteLevel(false, true);
      return;
    }
    json.writeStartObject();
    json.writeStringField("type", "Sequence");
    json.writeArrayFieldStart("pretokenizers");
    for (String regex : pretokenizer.regexes()) {
      json.writeStartObject();
      json.writeStringField("type", "Split");
      json.writeObjectFieldStart("pattern");
      json.writeStringField("Regex", regex);
      json.writeEndObject();
      json.writeStringField("behavior", "Isolated");
      json.writeBooleanField("invert", false);
      json.writeEndObject();
    }
    byteLevel(false, false);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void byteLevel(boolean addPrefixSpace, boolean useRegex) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "ByteLevel");
    json.writeBooleanField("add_prefix_space", addPrefixSpace);
    json.writeBooleanField("trim_offsets", true);
    json.writeBooleanField("use_regex", useRegex);
    json.writeEndObject();
  }

  private void model(Vocabulary vocabulary, Merges merges) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "BPE");
    json.writeNullField("dropout");
    json.writeNullField("unk_token");
    json.writeNullField("continuing_subword_prefix");
    json.writeNullField("end_of_word_suffix");
    json.writeBooleanField("fuse_unk", false);
    json.writeBooleanField("byte_fallback", false);
    json.writeBooleanField("ignore_merges", false);
    json.writeObjectFieldStart("vocab");
    String[] texts = texts(vocabulary);
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

  private static String[] texts(Vocabulary vocabulary) {
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
