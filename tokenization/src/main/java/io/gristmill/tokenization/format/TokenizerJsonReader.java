package io.gristmill.tokenization.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.Merges;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.vocabulary.AddedToken;
import io.gristmill.tokenization.vocabulary.ByteAlphabet;
import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code tokenizer.json} strictly: what is not understood is refused by name. */
final class TokenizerJsonReader {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String source;

  TokenizerJsonReader(String source) {
    this.source = source;
  }

  BpeTokenizer read(String json) {
    Entry root = new Entry(source, "", parsed(json)).object();
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
    root.field("normalizer").unused();
    byteLevelOrNone(root.field("post_processor"));
    byteLevelOrNone(root.field("decoder"));
    Pretokenizer pretokenizer = PretokenizerJson.read(root.field("pre_tokenizer"));
    List<AddedToken> added = addedTokens(root.field("added_tokens"));
    Entry model = model(root.field("model"));
    Map<String, Integer> ids = ids(model.field("vocab"), added);
    List<byte[]> tokens = tokens(model.field("vocab"), ids, added);
    Merges merges = merges(model.field("merges"), ids);
    try {
      return new BpeTokenizer(pretokenizer, new Vocabulary(tokens, added), merges);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  private JsonNode parsed(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s: not well-formed JSON at line %d, column %d (%s); copy the file again"
              .formatted(
                  source,
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          e);
    }
  }

  private static void byteLevelOrNone(Entry entry) {
    if (entry.isEmpty()) {
      return;
    }
    String type = entry.field("type").text();
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
      entry.field("single_word").unused();
      entry.field("lstrip").unused();
      entry.field("rstrip").unused();
      added.add(
          new AddedToken(
              entry.field("id").id(),
              entry.field("content").text(),
              entry.field("special").flag()));
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
    model.field("ignore_merges").unused();
    return model;
  }

  /** The id of every text in the file: the model's own and the added ones. */
  private static Map<String, Integer> ids(Entry vocab, List<AddedToken> added) {
    Map<String, Integer> ids = LinkedHashMap.newLinkedHashMap(vocab.object().node().size());
    vocab.node().fieldNames().forEachRemaining(text -> ids.put(text, vocab.field(text).id()));
    for (AddedToken token : added) {
      Integer other = ids.putIfAbsent(token.content(), token.id());
      if (other != null && other != token.id()) {
        throw vocab.refused(
            "gives \"%s\" the id %d, added_tokens the id %d"
                .formatted(token.content(), other, token.id()));
      }
    }
    return ids;
  }

  private static List<byte[]> tokens(
      Entry vocab, Map<String, Integer> ids, List<AddedToken> added) {
    String[] texts = new String[ids.size()];
    ids.forEach(
        (text, id) -> {
          if (id >= texts.length) {
            throw vocab.refused(
                "gives \"%s\" the id %d, but there are only %d tokens: ids must be 0 to %d without gaps"
                    .formatted(text, id, texts.length, texts.length - 1));
          }
          if (texts[id] != null) {
            throw vocab.refused(
                "gives both \"%s\" and \"%s\" the id %d"
                    .formatted(min(text, texts[id]), max(text, texts[id]), id));
          }
          texts[id] = text;
        });
    byte[][] tokens = new byte[texts.length][];
    for (AddedToken token : added) {
      tokens[token.id()] = token.content().getBytes(StandardCharsets.UTF_8);
    }
    for (int id = 0; id < texts.length; id++) {
      String text = texts[id];
      if (tokens[id] == null) {
        tokens[id] =
            ByteAlphabet.decode(text)
                .orElseThrow(
                    () ->
                        vocab.refused(
                            "has \"%s\", which is not in the alphabet of byte-level BPE"
                                .formatted(text)));
      }
    }
    return List.of(tokens);
  }

  private static String min(String a, String b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static String max(String a, String b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  private static Merges merges(Entry list, Map<String, Integer> ids) {
    List<Entry> entries = list.elements();
    int[] left = new int[entries.size()];
    int[] right = new int[entries.size()];
    int[] result = new int[entries.size()];
    for (int rank = 0; rank < left.length; rank++) {
      Entry entry = entries.get(rank);
      String[] sides = sides(entry);
      left[rank] = id(entry, sides[0], ids);
      right[rank] = id(entry, sides[1], ids);
      result[rank] = id(entry, sides[0] + sides[1], ids);
    }
    return new Merges(left, right, result);
  }

  /** Two texts in a list, or one text with a space between them as older files have it. */
  private static String[] sides(Entry entry) {
    if (entry.node().isArray()) {
      if (entry.node().size() != 2) {
        throw entry.refused("has %d sides, must have 2".formatted(entry.node().size()));
      }
      return new String[] {entry.element(0).text(), entry.element(1).text()};
    }
    String text = entry.text();
    int space = text.indexOf(' ');
    if (space <= 0 || space != text.lastIndexOf(' ') || space == text.length() - 1) {
      throw entry.refused("is \"%s\", must be two tokens with a space between".formatted(text));
    }
    return new String[] {text.substring(0, space), text.substring(space + 1)};
  }

  private static int id(Entry entry, String text, Map<String, Integer> ids) {
    Integer id = ids.get(text);
    if (id == null) {
      throw entry.refused("needs the token \"%s\", which model.vocab lacks".formatted(text));
    }
    return id;
  }
}
