package io.gristmill.tokenization.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.vocabulary.ByteAlphabet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerFilesTest {
  @TempDir private Path folder;

  private Tokenizer read(String name) throws IOException {
    return TokenizerFiles.read(
        new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()), new Configuration());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aFolderAFileAndARankFileAreRead() throws IOException {
    BpeTokenizer trained = HuggingFaceConstructsTest.trained();
    TokenizerFiles.write(
        trained, new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
    assertThat(read("").sha256()).isEqualTo(trained.sha256());
    assertThat(read("tokenizer.json").sha256()).isEqualTo(trained.sha256());
    write("cl100k_base.tiktoken", PublishedTokenizers.text("cl100k_base.tiktoken"));
    assertThat(read("cl100k_base.tiktoken").endOfText()).isEqualTo(100257);
  }

  @Test
  void aModelOfSentencePieceIsReadAndWritten() throws IOException {
    try (var model =
        TokenizerFilesTest.class.getResourceAsStream("/sentencepiece/bpe-bytes.model")) {
      Files.write(folder.resolve("tokenizer.model"), model.readAllBytes());
    }
    Tokenizer tokenizer = read("");
    assertThat(read("tokenizer.model").sha256()).isEqualTo(tokenizer.sha256());
    Path copy = folder.resolve("copy");
    TokenizerFiles.write(
        tokenizer, new org.apache.hadoop.fs.Path(copy.toUri()), new Configuration());
    assertThat(read("copy").sha256()).isEqualTo(tokenizer.sha256());
  }

  @Test
  void thePairOfGpt2IsRead() throws IOException {
    write("vocab.json", vocabulary());
    write("merges.txt", "#version: 0.2\nh e\nĠ t\n");
    Tokenizer tokenizer = read("");
    assertThat(tokenizer.encoder().encode("he t")).containsExactly(256, 257);
    assertThat(tokenizer.endOfText()).isEqualTo(258);
  }

  private static String vocabulary() throws IOException {
    var vocabulary =
        IntStream.range(0, 256)
            .boxed()
            .collect(Collectors.toMap(b -> "" + ByteAlphabet.character(b), b -> b));
    vocabulary.put("he", 256);
    vocabulary.put("Ġt", 257);
    vocabulary.put("<|endoftext|>", 258);
    return new ObjectMapper().writeValueAsString(vocabulary);
  }

  @Test
  void damageOfThePairIsNamed() throws IOException {
    write("vocab.json", vocabulary());
    write("merges.txt", "#version: 0.2\nh e\nh q\n");
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "merges.txt: line 3 needs the token \"hq\", which the vocabulary lacks");
    write("merges.txt", "#version: 0.2\nh e x\n");
    assertThatThrownBy(() -> read(""))
        .hasMessageEndingWith(
            "merges.txt: line 2 is \"h e x\", must be two tokens with a space between");
    write("vocab.json", vocabulary().replace(":258", ":259"));
    assertThatThrownBy(() -> read(""))
        .hasMessageContaining("vocab.json: gives \"<|endoftext|>\" the id 259");
  }

  @Test
  void whatIsNoTokenizerIsToldWhatWouldBeOne() throws IOException {
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "holds no tokenizer: neither tokenizer.json nor vocab.json with merges.txt nor tokenizer.model");
    write("words.txt", "");
    assertThatThrownBy(() -> read("words.txt"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "words.txt is no tokenizer by its name, must end in .json, .model or .tiktoken");
  }

  @Test
  void documentsEndWithTheConfiguredTokenWhereThereIsNoUsualOne() throws Exception {
    String json = TokenizerJson.toJson(HuggingFaceConstructsTest.trained());
    write("tokenizer.json", json.replace("<|endoftext|>", "</s>"));
    assertThatThrownBy(() -> read("").endOfText())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has no added token <|endoftext|> to end documents with");
    write("tokenizer_config.json", "{\"eos_token\":{\"content\":\"</s>\"},\"x\":1}");
    Tokenizer tokenizer = read("");
    assertThat(tokenizer.endOfText()).isZero();
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(tokenizer);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((Tokenizer) in.readObject()).endOfText()).isZero();
    }
  }

  @Test
  void theConfigurationOfATrainedTokenizerHasAChatTemplateAndIsReadBack() {
    BpeTokenizer tokenizer = HuggingFaceConstructsTest.trained();
    TokenizerConfig config = TokenizerConfig.of(tokenizer);
    assertThat(config.chatTemplate()).isEqualTo(TokenizerConfig.CHAT_ML);
    assertThat(config.eosToken()).isEqualTo("<|endoftext|>");
    String json = TokenizerConfigJson.toJson(tokenizer, config);
    assertThat(TokenizerConfigJson.parse(json, "config")).isEqualTo(config);
  }

  @Test
  void foreignConfigurationsAreReadAsTransformersReadsThem() throws IOException {
    assertThat(
            TokenizerConfigJson.parse(
                "{\"bos_token\":null,\"chat_template\":[{\"name\":\"tool_use\",\"template\":\"t\"},{\"name\":\"default\",\"template\":\"d\"}]}",
                "config"))
        .isEqualTo(new TokenizerConfig("", "", "", "d"));
    write("tokenizer_config.json", "{\"pad_token\":\"<pad>\",\"chat_template\":\"old\"}");
    write("chat_template.jinja", "new");
    assertThat(
            TokenizerConfigJson.read(
                new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration()))
        .isEqualTo(new TokenizerConfig("", "", "<pad>", "new"));
    assertThatThrownBy(() -> TokenizerConfigJson.parse("{\"eos_token\":5}", "config"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("config: eos_token is 5, must be a text");
    assertThatThrownBy(() -> TokenizerConfigJson.parse("{\"eos_token\":", "config"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("config: not well-formed JSON at line 1");
  }
}
