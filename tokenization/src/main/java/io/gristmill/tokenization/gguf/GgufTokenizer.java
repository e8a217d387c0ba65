package io.gristmill.tokenization.gguf;

import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.Merges;
import io.gristmill.tokenization.format.TokenizerConfig;
import io.gristmill.tokenization.normalization.Normalizer;
import io.gristmill.tokenization.vocabulary.AddedToken;
import io.gristmill.tokenization.vocabulary.ByteAlphabet;
import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The {@code tokenizer.*} keys of a GGUF file. What llama.cpp would read otherwise than it was
 * meant is refused. Of a tokenizer that normalizes to NFC the ids are the same for text in NFC
 * only, since llama.cpp does not normalize.
 */
public final class GgufTokenizer {
  /**
   * The names that llama.cpp knows our pretokenizers by (src/llama-vocab.cpp). It has none that
   * cuts as cl100k does.
   */
  private static final Map<String, String> PRE =
      new TreeMap<>(
          Map.of(
              "deepseek-v3", "deepseek-v3",
              "gpt-2", "gpt-2",
              "llama-bpe", "llama-bpe",
              "qwen2", "qwen2",
              "o200k", "gpt-4o"));

  private static final int NORMAL = 1;
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;

  private GgufTokenizer() {}

  /**
   * The keys and their values, in the order in which they are usually written.
   *
   * @throws IllegalArgumentException if llama.cpp could not give the same ids; the message says why
   */
  public static Map<String, GgufValue> entries(BpeTokenizer tokenizer, TokenizerConfig config) {
    String pre = pre(tokenizer);
    Vocabulary vocabulary = tokenizer.vocabulary();
    List<String> tokens = tokens(vocabulary);
    var entries = new LinkedHashMap<String, GgufValue>();
    entries.put("tokenizer.ggml.model", new GgufValue.Text("gpt2"));
    entries.put("tokenizer.ggml.pre", new GgufValue.Text(pre));
    entries.put("tokenizer.ggml.tokens", new GgufValue.Texts(tokens));
    entries.put("tokenizer.ggml.token_type", new GgufValue.I32s(types(vocabulary)));
    entries.put("tokenizer.ggml.merges", new GgufValue.Texts(merges(tokenizer.merges(), tokens)));
    List<Integer> before = tokenizer.template().before();
    List<Integer> after = tokenizer.template().after();
    put(entries, "bos", around(before, id(vocabulary, "bos_token", config.bosToken())));
    put(entries, "eos", around(after, id(vocabulary, "eos_token", config.eosToken())));
    put(entries, "padding", id(vocabulary, "pad_token", config.padToken()));
    entries.put("tokenizer.ggml.add_bos_token", new GgufValue.Bool(!before.isEmpty()));
    entries.put("tokenizer.ggml.add_eos_token", new GgufValue.Bool(!after.isEmpty()));
    if (!config.chatTemplate().isEmpty()) {
      entries.put("tokenizer.chat_template", new GgufValue.Text(config.chatTemplate()));
    }
    return entries;
  }

  private static String pre(BpeTokenizer tokenizer) {
    String name = tokenizer.pretokenizer().name();
    String pre = PRE.get(name);
    if (pre == null) {
      throw new IllegalArgumentException(
          "llama.cpp knows no pretokenizer that cuts as %s does; it knows %s"
              .formatted(name, String.join(", ", PRE.keySet())));
    }
    Normalizer normalizer = tokenizer.normalizer();
    if (!normalizer.equals(Normalizer.NONE) && !normalizer.equals(Normalizer.NFC)) {
      throw new IllegalArgumentException(
          "llama.cpp does not normalize text, the tokenizer brings it into the forms %s"
              .formatted(normalizer.forms()));
    }
    if (tokenizer.hasUnmergeableTokens() && !pre.equals("llama-bpe")) {
      throw new IllegalArgumentException(
          "the tokenizer has tokens that no merges make; of pretokenizer %s llama.cpp would not find them"
              .formatted(name));
    }
    return pre;
  }

  private static List<String> tokens(Vocabulary vocabulary) {
    var texts = new ArrayList<String>();
    for (int id = 0; id < vocabulary.size(); id++) {
      texts.add(ByteAlphabet.encode(vocabulary.bytes(id)));
    }
    vocabulary.addedTokens().forEach(token -> texts.set(token.id(), token.content()));
    return texts;
  }

  private static List<Integer> types(Vocabulary vocabulary) {
    Integer[] types = new Integer[vocabulary.size()];
    Arrays.fill(types, NORMAL);
    for (AddedToken token : vocabulary.addedTokens()) {
      types[token.id()] = token.special() ? CONTROL : USER_DEFINED;
    }
    return List.of(types);
  }

  private static List<String> merges(Merges merges, List<String> tokens) {
    var texts = new ArrayList<String>();
    for (int rank = 0; rank < merges.size(); rank++) {
      texts.add(tokens.get(merges.left(rank)) + " " + tokens.get(merges.right(rank)));
    }
    return texts;
  }

  /** The id of the token that a configuration names. */
  private static OptionalInt id(Vocabulary vocabulary, String field, String content) {
    OptionalInt id = vocabulary.addedId(content);
    if (!content.isEmpty() && id.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is %s, which is no added token of the tokenizer".formatted(field, content));
    }
    return id;
  }

  /** llama.cpp adds at most one token, the configured one. */
  private static OptionalInt around(List<Integer> template, OptionalInt configured) {
    if (template.size() > 1
        || (template.size() == 1
            && configured.isPresent()
            && configured.getAsInt() != template.getFirst())) {
      throw new IllegalArgumentException(
          "the template puts the ids %s on one side of a text; llama.cpp adds one token, bos_token or eos_token"
              .formatted(template));
    }
    return template.isEmpty() ? configured : OptionalInt.of(template.getFirst());
  }

  private static void put(Map<String, GgufValue> entries, String token, OptionalInt id) {
    if (id.isPresent()) {
      entries.put("tokenizer.ggml." + token + "_token_id", new GgufValue.U32(id.getAsInt()));
    }
  }
}
