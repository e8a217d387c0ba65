package io.gristmill.tokenization.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.RandomText;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.BpeTrainer;
import io.gristmill.tokenization.bpe.BpeTrainerConfig;
import io.gristmill.tokenization.bpe.MergeProgress;
import io.gristmill.tokenization.bpe.PieceCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each construct that may stand in a tokenizer.json, against Hugging Face's own reading of it. */
class HuggingFaceConstructsTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final String TEXT =
      "The mill GrindsWheat, don't they've 12345 grains?\n\n  磨坊把麦子磨成面粉，Spark用4096核。かな カナ 한국어 "
          + "e\u0301 \uFF21\uFF11 \uFB01 Ωmega жук <|im_start|>user <pad>  a<sep>b <sep> \t<|im_end|>\n";

  private static final String BYTE_LEVEL =
      "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"trim_offsets\":true,\"use_regex\":%s}";

  /** Published patterns that have no scanner here, by whose they are. */
  private static final Map<String, List<String>> PATTERNS =
      Map.of(
          "tekken",
              List.of(
                  "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
          "nanochat",
              List.of(
                  "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,2}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+"),
          "qwen3.5",
              List.of(
                  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
          "kimi",
              List.of(
                  "[\\p{Han}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
          "deepseek-coder",
              List.of("[\r\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", "[一-龥ࠀ-一가-퟿]+", "\\p{N}"),
          "bloom", List.of(" ?[^(\\s|[.,!?…。，、।۔،])]+"));

  /** A change to the tokenizer.json of a trained tokenizer. */
  record Construct(String name, String field, String json) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Construct> constructs() {
    var constructs = new ArrayList<Construct>();
    PATTERNS.forEach(
        (name, regexes) -> {
          var steps = new ArrayList<String>();
          regexes.forEach(regex -> steps.add(split("Regex", regex, "Isolated", false)));
          constructs.add(new Construct(name, "pre_tokenizer", sequence(steps)));
        });
    for (String behavior :
        List.of("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous")) {
      constructs.add(split(behavior, "\\p{L}+", false));
      constructs.add(split(behavior, "\\s|", true));
    }
    constructs.add(
        new Construct(
            "a text as pattern",
            "pre_tokenizer",
            sequence(List.of(split("String", "in", "MergedWithPrevious", false)))));
    constructs.add(pretokenizer("digits", "{\"type\":\"Digits\",\"individual_digits\":true}"));
    constructs.add(pretokenizer("numbers", "{\"type\":\"Digits\",\"individual_digits\":false}"));
    constructs.add(pretokenizer("punctuation", "{\"type\":\"Punctuation\"}"));
    constructs.add(pretokenizer("marks", "{\"type\":\"Punctuation\",\"behavior\":\"Contiguous\"}"));
    constructs.add(new Construct("no cut", "pre_tokenizer", BYTE_LEVEL.formatted("false")));
    for (String form : List.of("NFC", "NFKC", "NFD", "NFKD")) {
      constructs.add(new Construct(form, "normalizer", "{\"type\":\"" + form + "\"}"));
    }
    constructs.add(
        new Construct(
            "two forms",
            "normalizer",
            "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFKD\"},{\"type\":\"NFC\"}]}"));
    return constructs;
  }

  private static Construct split(String behavior, String regex, boolean inverted) {
    return new Construct(
        behavior + (inverted ? " inverted" : ""),
        "pre_tokenizer",
        sequence(List.of(split("Regex", regex, behavior, inverted))));
  }

  private static Construct pretokenizer(String name, String json) {
    return new Construct(name, "pre_tokenizer", sequence(List.of(json)));
  }

  private static String split(String kind, String pattern, String behavior, boolean inverted) {
    return "{\"type\":\"Split\",\"pattern\":{\"%s\":\"%s\"},\"behavior\":\"%s\",\"invert\":%b}"
        .formatted(
            kind,
            pattern.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n"),
            behavior,
            inverted);
  }

  private static String sequence(List<String> steps) {
    return "{\"type\":\"Sequence\",\"pretokenizers\":[%s,%s]}"
        .formatted(String.join(",", steps), BYTE_LEVEL.formatted("false"));
  }

  static BpeTokenizer trained() {
    var config =
        new BpeTrainerConfig(
            420,
            "gpt-2",
            List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<pad>", "<sep>", "<|im"),
            0,
            2,
            64,
            64);
    var counts = new PieceCounts(config);
    counts.addText(TEXT.repeat(3).getBytes(UTF_8));
    var trainer = new BpeTrainer(config);
    trainer.add(counts);
    return trainer.train(MergeProgress.NONE).tokenizer();
  }

  @ParameterizedTest
  @MethodSource("constructs")
  void idsAreTheSame(Construct construct, @TempDir Path folder) throws IOException {
    String json = with(TokenizerJson.toJson(trained()), construct);
    BpeTokenizer ours = TokenizerJson.parse(json, construct.name());
    assertThat(TokenizerJson.toJson(TokenizerJson.parse(TokenizerJson.toJson(ours), "again")))
        .isEqualTo(TokenizerJson.toJson(ours));
    assertSameIds(ours, json, folder, construct.name());
    assertSameIds(ours, TokenizerJson.toJson(ours), folder, construct.name() + ", as we write it");
  }

  private static void assertSameIds(BpeTokenizer ours, String json, Path folder, String what)
      throws IOException {
    var random = new SplittableRandom(SEED);
    Encoder encoder = ours.recognisingEncoder();
    try (var theirs = HuggingFaceIds.open(json, folder)) {
      for (int i = 0; i < 300; i++) {
        String text = i == 0 ? TEXT : mixed(random);
        assertThat(encoder.encode(text))
            .as("%s, seed %d, text %d: %s", what, SEED, i, text)
            .isEqualTo(HuggingFaceIds.of(theirs, text));
      }
    }
  }

  private static String mixed(SplittableRandom random) {
    int from = random.nextInt(TEXT.length());
    int to = from + random.nextInt(TEXT.length() - from + 1);
    String text = RandomText.of(random, 6) + TEXT.substring(from, to) + RandomText.of(random, 6);
    // Theirs is of an earlier Unicode than the JDK: of planes still being filled only emoji count.
    return text.replaceAll("[\\x{10000}-\\x{1EFFF}\\x{1FB00}-\\x{10FFFF}]", "");
  }

  /**
   * Replaces the value of a field, which in our files is null or ByteLevel on a line of its own.
   */
  private static String with(String json, Construct construct) {
    String changed =
        json.replaceFirst(
            "\"" + construct.field() + "\" : (null|\\{[^}]*})",
            Matcher.quoteReplacement("\"" + construct.field() + "\" : " + construct.json()));
    assertThat(changed).isNotEqualTo(json);
    return changed;
  }

  static List<String> rules() {
    return List.of("single_word", "lstrip", "rstrip", "normalized");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void addedTokensAreFoundWhereTheirRulesSay(String rule, @TempDir Path folder) throws IOException {
    String field = "\"" + rule + "\" : false";
    String json =
        TokenizerJson.toJson(trained())
            .replace(field, field.replace("false", "true"))
            .replace("\"normalizer\" : null", "\"normalizer\" : {\"type\":\"NFKC\"}");
    assertSameIds(TokenizerJson.parse(json, rule), json, folder, rule);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void templatesArePutAround(String single, @TempDir Path folder) throws IOException {
    String template =
        "{\"type\":\"TemplateProcessing\",\"single\":[%s],\"pair\":[%s,{\"Sequence\":{\"id\":\"B\",\"type_id\":1}}],\"special_tokens\":{\"<pad>\":{\"id\":\"<pad>\",\"ids\":[3],\"tokens\":[\"<pad>\"]},\"end\":{\"id\":\"end\",\"ids\":[4,0],\"tokens\":[\"<sep>\",\"<|endoftext|>\"]}}}"
            .formatted(single, single);
    String byteLevel =
        "{\"type\":\"Sequence\",\"processors\":[%s,%s]}"
            .formatted(BYTE_LEVEL.formatted("true"), template);
    for (String processor : List.of(template, byteLevel)) {
      String json =
          with(
              TokenizerJson.toJson(trained()),
              new Construct("template", "post_processor", processor));
      BpeTokenizer ours = TokenizerJson.parse(json, "template");
      for (String text : List.of("", "the mill", TEXT)) {
        int[] expected;
        try (var theirs = HuggingFaceIds.open(json, folder)) {
          expected = HuggingFaceIds.withTemplate(theirs, text);
        }
        assertThat(ours.template().around(ours.recognisingEncoder()).encode(text))
            .isEqualTo(expected);
        try (var theirs = HuggingFaceIds.open(TokenizerJson.toJson(ours), folder)) {
          assertThat(HuggingFaceIds.withTemplate(theirs, text)).isEqualTo(expected);
        }
      }
    }
  }

  static List<String> templates() {
    String text = "{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}";
    String pad = "{\"SpecialToken\":{\"id\":\"<pad>\",\"type_id\":0}}";
    String end = "{\"SpecialToken\":{\"id\":\"end\",\"type_id\":0}}";
    return List.of(
        text, pad + "," + text, text + "," + end, pad + "," + pad + "," + text + "," + end);
  }
}
