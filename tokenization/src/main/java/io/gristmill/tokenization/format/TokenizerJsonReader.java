package io.gristmill.tokenization.format;

import io.gristmill.tokenization.Template;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.Merges;
import io.gristmill.tokenization.normalization.Normalizer;
import io.gristmill.tokenization.pretoken.Pretokenization;
import io.gristmill.tokenization.vocabulary.AddedToken;
import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code tokenizer.json} strictly: what is not understood is refused by name. */
final class TokenizerJsonReader {
  private TokenizerJsonReader() {}

  static BpeTokenizer read(String json, String source) {
    Entry root = Entry.parse(json, source).object();
    root.only(
        "version",
        "truncation",
        "padding",
        "added_tokens",
        "normalizer",
        "pre_tokenizer",
        "post_processor",
        "decoder",
        "model");
    root.field("truncation").unused();
    root.field("padding").unused();
    Normalizer normalizer = NormalizerJson.read(root.field("normalizer"));
    Pretokenization pretokenizer = PretokenizerJson.read(root.field("pre_tokenizer"));
    byteLevelOrNone(root.field("decoder"));
    List<AddedToken> added = addedTokens(root.field("added_tokens"));
    Entry model = model(root.field("model"));
    Map<String, Integer> ids = VocabularyJson.ids(model.field("vocab"), added);
    List<byte[]> tokens = VocabularyJson.tokens(model.field("vocab"), ids, added);
    Merges merges = VocabularyJson.merges(model.field("merges").elements(), ids);
    boolean ignoringMerges = model.field("ignore_merges").flag();
    if (!ignoringMerges) {
      VocabularyJson.requireMerges(model.field("vocab"), tokens, added, merges);
    }
    Template template = TemplateJson.read(root.field("post_processor"), ids);
    try {
      var tokenizer =
          new BpeTokenizer(pretokenizer, new Vocabulary(tokens, added), merges)
              .withNormalizer(normalizer)
              .withTemplate(template);
      return ignoringMerges ? tokenizer.ignoringMerges() : tokenizer;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  private static void byteLevelOrNone(Entry entry) {
    if (entry.isEmpty()) {
      return;
    }
    String type = entry.object().field("type").text();
    if (!type.equals("ByteLevel")) {
      throw entry.refused("is of type %s, only ByteLevel or null is supported".formatted(type));
    }
  }

  private static List<AddedToken> addedTokens(Entry list) {
    var added = new ArrayList<AddedToken>();
    if (list.isEmpty()) {
      return added;
    }
    for (Entry entry : list.elements()) {
      entry.only("id", "content", "single_word", "lstrip", "rstrip", "normalized", "special");
      String content = entry.field("content").text();
      if (content.isEmpty()) {
        throw entry.field("content").refused("is empty, an added token needs a text");
      }
      for (AddedToken other : added) {
        if (other.content().equals(content) || other.id() == entry.field("id").id()) {
          throw entry.refused(
              "\"%s\" with id %d has the text or the id of \"%s\" with id %d"
                  .formatted(content, entry.field("id").id(), other.content(), other.id()));
        }
      }
      added.add(
          new AddedToken(
              entry.field("id").id(),
              content,
              entry.field("special").flag(),
              new AddedToken.Rules(
                  entry.field("single_word").flag(),
                  entry.field("lstrip").flag(),
                  entry.field("rstrip").flag(),
                  entry.field("normalized").flag())));
    }
    return added;
  }

  private static Entry model(Entry model) {
    String type = model.object().field("type").isEmpty() ? "BPE" : model.field("type").text();
    if (!type.equals("BPE")) {
      throw model.refused("is of type %s, only BPE is supported".formatted(type));
    }
    model.only(
        "type",
        "dropout",
        "unk_token",
        "continuing_subword_prefix",
        "end_of_word_suffix",
        "fuse_unk",
        "byte_fallback",
        "ignore_merges",
        "vocab",
        "merges");
    model.field("dropout").unused();
    model.field("continuing_subword_prefix").unused();
    model.field("end_of_word_suffix").unused();
    model.field("byte_fallback").unused();
    return model;
  }
}
