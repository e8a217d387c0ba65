package io.gristmill.tokenization.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.BpeTrainer;
import io.gristmill.tokenization.bpe.BpeTrainerConfig;
import io.gristmill.tokenization.bpe.MergeProgress;
import io.gristmill.tokenization.bpe.PieceCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerJsonTest {
  private static final String TEXT = "the mill grinds the wheat 磨坊把麦子磨成面粉 磨坊 ";

  private static BpeTokenizer trained(String pretokenizer) {
    var config =
        new BpeTrainerConfig(
            275, pretokenizer, List.of(Tokenizer.END_OF_TEXT, "<|im_end|>"), 1, 2, 64, 64);
    var counts = new PieceCounts(config);
    counts.addText(TEXT.repeat(3).getBytes(UTF_8));
    var trainer = new BpeTrainer(config);
    trainer.add(counts);
    return trainer.train(MergeProgress.NONE).tokenizer();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deepseek-v3", "gpt-2", "cl100k", "o200k", "llama-bpe", "qwen2"})
  void whatIsWrittenIsReadBackToTheByte(String pretokenizer) {
    BpeTokenizer tokenizer = trained(pretokenizer);
    String json = TokenizerJson.toJson(tokenizer);
    BpeTokenizer copy = TokenizerJson.parse(json, "copy");
    assertThat(TokenizerJson.toJson(copy)).isEqualTo(json);
    assertThat(copy.pretokenizer().name()).isEqualTo(pretokenizer);
    assertThat(copy.encoder().encode(TEXT)).isEqualTo(tokenizer.encoder().encode(TEXT));
  }

  @Test
  void writesBothFilesThroughHadoopAndTheirHashIsTheFiles(@TempDir java.nio.file.Path folder)
      throws Exception {
    BpeTokenizer tokenizer = trained("deepseek-v3");
    TokenizerFiles.write(tokenizer, new Path(folder.toUri()), new Configuration());
    byte[] json = Files.readAllBytes(folder.resolve("tokenizer.json"));
    assertThat(tokenizer.sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json)));
    assertThat(Files.readString(folder.resolve("tokenizer_config.json")))
        .contains("\"eos_token\" : \"<|endoftext|>\"", "\"1\" : {", "PreTrainedTokenizerFast");
    assertThat(TokenizerJson.read(new Path(folder.toUri()), new Configuration()).sha256())
        .isEqualTo(tokenizer.sha256());
  }

  @Test
  void olderFilesWithMergesAsTextAreRead() {
    String json = TokenizerJson.toJson(trained("gpt-2"));
    String older = json.replaceAll("\\[ \"([^\"]+)\", \"([^\"]+)\" ]", "\"$1 $2\"");
    assertThat(older).contains("\"h e\"").isNotEqualTo(json);
    assertThat(TokenizerJson.toJson(TokenizerJson.parse(older, "older"))).isEqualTo(json);
  }

  static List<Arguments> damages() {
    return List.of(
        Arguments.of(
            "\"normalizer\" : null",
            "\"normalizer\" : {\"type\":\"Lowercase\"}",
            "file.json: normalizer is of type Lowercase, only [NFD, NFC, NFKD, NFKC] and a Sequence of them are supported"),
        Arguments.of(
            "\"normalizer\" : null",
            "\"normalizer\" : {\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},{\"type\":\"Replace\"}]}",
            "file.json: normalizer.normalizers[1] is of type Replace"),
        Arguments.of(
            "\"post_processor\" : null",
            "\"post_processor\" : {\"type\":\"RobertaProcessing\"}",
            "file.json: post_processor is of type RobertaProcessing, only TemplateProcessing"),
        Arguments.of(
            "\"post_processor\" : null",
            "\"post_processor\" : {\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"<s>\"}},{\"Sequence\":{\"id\":\"A\"}}],\"special_tokens\":{}}",
            "file.json: post_processor.single[0].SpecialToken.id is \"<s>\", which special_tokens lacks"),
        Arguments.of(
            "\"post_processor\" : null",
            "\"post_processor\" : {\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"x\"}},{\"Sequence\":{\"id\":\"A\"}}],\"special_tokens\":{\"x\":{\"id\":\"x\",\"ids\":[7],\"tokens\":[\"<|im_end|>\"]}}}",
            "file.json: post_processor.special_tokens.x gives \"<|im_end|>\" the id 7, the vocabulary the id 1"),
        Arguments.of(
            "\"post_processor\" : null",
            "\"post_processor\" : {\"type\":\"TemplateProcessing\",\"single\":[]}",
            "file.json: post_processor.single has no place for the text"),
        Arguments.of(
            "\"type\" : \"Sequence\"",
            "\"type\" : \"Metaspace\"",
            "file.json: pre_tokenizer is of type Metaspace, only Split, Digits, Punctuation"),
        Arguments.of(
            "\"decoder\" : {\n    \"type\" : \"ByteLevel\"",
            "\"decoder\" : {\n    \"type\" : \"Fuse\"",
            "file.json: decoder is of type Fuse, only ByteLevel or null is supported"),
        Arguments.of(
            "\"id\" : 1",
            "\"id\" : 0",
            "file.json: added_tokens[1] \"<|im_end|>\" with id 0 has the text or the id of \"<|endoftext|>\" with id 0"),
        Arguments.of(
            "\"content\" : \"<|im_end|>\"",
            "\"content\" : \"\"",
            "file.json: added_tokens[1].content is empty, an added token needs a text"),
        Arguments.of(
            "\"he\" : 259",
            "\"中\" : 259",
            "file.json: model.vocab has \"中\", which is not in the alphabet of byte-level BPE"),
        Arguments.of("\"version\"", "\"verse\"", "file.json: verse is not known here"),
        Arguments.of(
            "\"dropout\" : null",
            "\"dropout\" : 0.1",
            "file.json: model.dropout is 0.1, which is not supported"),
        Arguments.of(
            "\"type\" : \"BPE\"",
            "\"type\" : \"Unigram\"",
            "file.json: model is of type Unigram, only BPE is supported"),
        Arguments.of(
            "\"he\" : 259",
            "\"he\" : 258",
            "file.json: model.vocab gives both \"he\" and \"Ń\" the id 258"),
        Arguments.of(
            "\"he\" : 259",
            "\"he\" : 275",
            "file.json: model.vocab gives \"he\" the id 275, but there are only 275 tokens: ids must be 0 to 274 without gaps"),
        Arguments.of("\"he\" : 259", "\"!\" : 259", "file.json: not well-formed JSON at line"),
        Arguments.of(
            "\"he\" : 259",
            "\"he\" : \"x\"",
            "file.json: model.vocab.he is \"x\", must be a token id"),
        Arguments.of(
            "[ \"h\", \"e\" ]",
            "[ \"h\", \"hq\" ]",
            "file.json: model.merges[0] needs the token \"hq\", which the vocabulary lacks"),
        Arguments.of(
            "[ \"h\", \"e\" ]", "[ \"h\" ]", "file.json: model.merges[0] has 1 sides, must have 2"),
        Arguments.of(
            "[ \"h\", \"e\" ], ",
            "",
            "file.json: model.vocab has \"he\" with id 259, which no merge makes: a merge is missing; copy the file again"),
        Arguments.of(
            "\"id\" : 0",
            "\"id\" : 5",
            "file.json: model.vocab gives \"<|endoftext|>\" the id 0, added_tokens the id 5"),
        Arguments.of(
            "Isolated",
            "Shuffled",
            "behavior is Shuffled, must be one of Isolated, Removed, MergedWithPrevious, MergedWithNext, Contiguous"),
        Arguments.of(
            "{1,3}",
            "{1,3}(",
            "file.json: pre_tokenizer does not work: \"\\p{N}{1,3}(\" is not a regular expression"),
        Arguments.of(
            "\"lstrip\" : false",
            "\"lstrip\" : 1",
            "file.json: added_tokens[0].lstrip is 1, must be true or false"));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void whatIsDamagedOrUnknownIsNamed(String good, String bad, String message) {
    String json = TokenizerJson.toJson(trained("deepseek-v3"));
    assertThat(json).contains(good);
    String damaged = json.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad));
    assertThatThrownBy(() -> TokenizerJson.parse(damaged, "file.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void tokensThatAreFoundAsWholePiecesNeedNoMerge() {
    String json = TokenizerJson.toJson(trained("deepseek-v3")).replace("[ \"h\", \"e\" ], ", "");
    String whole = json.replace("\"ignore_merges\" : false", "\"ignore_merges\" : true");
    assertThat(whole).isNotEqualTo(json);
    assertThat(TokenizerJson.parse(whole, "file.json").encoder().encode("he")).containsExactly(259);
  }

  @Test
  void aFileCutShortAnywhereIsRefused() {
    String json = TokenizerJson.toJson(trained("deepseek-v3"));
    for (int length = 0; length < json.length() - 2; length += 97) {
      String clipped = json.substring(0, length);
      assertThatThrownBy(() -> TokenizerJson.parse(clipped, "file.json"))
          .as("length %d", length)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("file.json: ");
    }
  }

  @Test
  void aMissingFileIsNamed(@TempDir java.nio.file.Path folder) {
    Path file = new Path(folder.resolve("none/tokenizer.json").toUri());
    assertThatThrownBy(() -> TokenizerJson.read(file, new Configuration()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none/tokenizer.json");
  }
}
