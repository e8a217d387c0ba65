package io.gristmill.tokenization.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.vocabulary.AddedToken;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The {@code tokenizer_config.json} that transformers reads beside {@code tokenizer.json}. Of a
 * foreign one only what {@link TokenizerConfig} holds is read; the ids that a tokenizer gives never
 * depend on the rest.
 */
public final class TokenizerConfigJson {
  /** The file's name inside a tokenizer or model folder. */
  public static final String FILE = "tokenizer_config.json";

  /** Where newer folders keep the chat template. */
  static final String CHAT_TEMPLATE_FILE = "chat_template.jinja";

  /** What transformers writes where a tokenizer itself sets no limit. */
  private static final long NO_LIMIT = 1_000_000_000L;

  private TokenizerConfigJson() {}

  /**
   * Reads the file of a folder, and the chat template's own where there is one.
   *
   * @return {@link TokenizerConfig#NONE} if the folder has neither
   * @throws IllegalArgumentException if the file is damaged; the message names file and entry
   */
  public static TokenizerConfig read(Path folder, Configuration configuration) throws IOException {
    var files = folder.getFileSystem(configuration);
    Path file = new Path(folder, FILE);
    TokenizerConfig config =
        files.exists(file)
            ? parse(Texts.read(file, configuration), file.toString())
            : TokenizerConfig.NONE;
    Path template = new Path(folder, CHAT_TEMPLATE_FILE);
    return files.exists(template)
        ? new TokenizerConfig(
            config.bosToken(),
            config.eosToken(),
            config.padToken(),
            Texts.read(template, configuration))
        : config;
  }

  /** Reads the file's text; {@code source} is what messages call it. */
  public static TokenizerConfig parse(String json, String source) {
    Entry root = Entry.parse(json, source).object();
    return new TokenizerConfig(
        token(root.field("bos_token")),
        token(root.field("eos_token")),
        token(root.field("pad_token")),
        chatTemplate(root.field("chat_template")));
  }

  /** A text, or an object that holds it as its content. */
  private static String token(Entry entry) {
    if (entry.isEmpty()) {
      return "";
    }
    return entry.node().isObject() ? entry.field("content").text() : entry.text();
  }

  /** A text, or a list of named ones of which "default" counts. */
  private static String chatTemplate(Entry entry) {
    if (entry.isEmpty()) {
      return "";
    }
    if (!entry.node().isArray()) {
      return entry.text();
    }
    List<Entry> defaults =
        entry.elements().stream()
            .filter(template -> template.object().field("name").text().equals("default"))
            .toList();
    if (defaults.isEmpty()) {
      throw entry.refused("has no template of the name \"default\"");
    }
    return defaults.getFirst().field("template").text();
  }

  /** The file's text. */
  public static String toJson(BpeTokenizer tokenizer, TokenizerConfig config) {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          json.writeStringField("tokenizer_class", "PreTrainedTokenizerFast");
          text(json, "bos_token", config.bosToken());
          text(json, "eos_token", config.eosToken());
          text(json, "pad_token", config.padToken());
          json.writeNullField("unk_token");
          json.writeBooleanField("add_bos_token", !tokenizer.template().before().isEmpty());
          json.writeBooleanField("add_eos_token", !tokenizer.template().after().isEmpty());
          json.writeBooleanField("add_prefix_space", false);
          json.writeBooleanField("clean_up_tokenization_spaces", false);
          json.writeNumberField("model_max_length", NO_LIMIT);
          json.writeObjectFieldStart("added_tokens_decoder");
          for (AddedToken token : tokenizer.vocabulary().addedTokens()) {
            json.writeObjectFieldStart(Integer.toString(token.id()));
            json.writeStringField("content", token.content());
            json.writeBooleanField("lstrip", token.rules().lstrip());
            json.writeBooleanField("normalized", token.rules().normalized());
            json.writeBooleanField("rstrip", token.rules().rstrip());
            json.writeBooleanField("single_word", token.rules().singleWord());
            json.writeBooleanField("special", token.special());
            json.writeEndObject();
          }
          json.writeEndObject();
          if (!config.chatTemplate().isEmpty()) {
            json.writeStringField("chat_template", config.chatTemplate());
          }
          json.writeEndObject();
        });
  }

  private static void text(JsonGenerator json, String field, String text) throws IOException {
    if (text.isEmpty()) {
      json.writeNullField(field);
    } else {
      json.writeStringField(field, text);
    }
  }
}
