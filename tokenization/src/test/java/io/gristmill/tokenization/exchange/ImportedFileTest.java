package io.gristmill.tokenization.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.tokenization.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as other trainers' scripts write them, byte by byte, and damaged ones. */
class ImportedFileTest {
  /** 400 ids, the end of text is the last. */
  private static final Tokenizer TOKENIZER = new Wider(ExchangeTest.tokenizer(300), 400);

  private static final int END = TOKENIZER.endOfText();

  @TempDir Path folder;

  @Test
  void nanoGptDocumentsEndWithTheToken() throws IOException {
    assertThat(nanoGpt(5, 6, END, END, 7, END)).containsExactly("5 6 E", "E", "7 E");
    assertThat(nanoGpt(5, 6, END, 7)).containsExactly("5 6 E", "7 E");
    assertThat(nanoGpt()).isEmpty();
  }

  @Test
  void llmCDocumentsBeginWithTheToken() throws IOException {
    assertThat(llmC(END, 5, 6, END, END, 7)).containsExactly("5 6 E", "E", "7 E");
    assertThat(llmC(END, 5, END)).containsExactly("5 E", "E");
    assertThat(llmC(8, 9, END, 5)).as("cut in a document").containsExactly("8 9 E", "5 E");
    assertThat(llmC()).isEmpty();
  }

  @Test
  void llama3FilesOfLlmCHaveFourBytesAToken() throws IOException {
    ByteBuffer bytes = buffer(1024 + 12).putInt(20240801).putInt(7).putInt(3);
    bytes.position(1024).putInt(END).putInt(5).putInt(6);
    assertThat(read(TokenFormat.LLM_C, bytes)).containsExactly("5 6 E");
  }

  @Test
  void megatronDocumentsEndWhereTheIndexSays() throws IOException {
    // Three sequences, two documents, no end-of-text tokens.
    megatron(4, new int[] {2, 1, 3}, new long[] {0, 8, 12}, new long[] {0, 2, 3});
    assertThat(read(TokenFormat.MEGATRON, ints(5, 6, 7, 8, 9, 10)))
        .containsExactly("5 6 7 E", "8 9 10 E");
    // One that ends with the token as --append-eod writes it, an empty one, one with two ends.
    megatron(4, new int[] {2, 4}, new long[] {0, 8}, new long[] {0, 1, 1, 2});
    assertThat(read(TokenFormat.MEGATRON, ints(5, END, 7, END, 9, END)))
        .containsExactly("5 E", "7 E", "9 E");
  }

  @Test
  void megatronIndexesWithModesAreRead() throws IOException {
    byte[] plain = megatron(8, new int[] {2}, new long[] {0}, new long[] {0, 1});
    Files.write(folder.resolve("data.idx"), Arrays.copyOf(plain, plain.length + 1));
    assertThat(read(TokenFormat.MEGATRON, shorts(5, END))).containsExactly("5 E");
  }

  @Test
  void nanoGptFilesThatAreDamagedAreNamed() {
    assertRefused(TokenFormat.NANOGPT, buffer(5), "data.bin has 5 bytes, an odd number");
    assertRefused(
        TokenFormat.NANOGPT,
        shorts(5, 6, 400, END),
        "data.bin at byte 4: the id 400 is not below 400, the size of the vocabulary; give the tokenizer that made the file");
  }

  @Test
  void llmCFilesThatAreDamagedAreNamed() {
    assertRefused(TokenFormat.LLM_C, buffer(100), "data.bin has 100 bytes, the header of an llm.c");
    assertRefused(
        TokenFormat.LLM_C,
        buffer(2000),
        "data.bin at byte 0: the magic number is 0, must be 20240520");
    assertRefused(
        TokenFormat.LLM_C,
        buffer(2000).putInt(20240520).putInt(2),
        "data.bin at byte 4: the version is 2, must be 1");
    assertRefused(
        TokenFormat.LLM_C,
        buffer(2000).putInt(20240520).putInt(1).putInt(-3),
        "data.bin at byte 8: the number of tokens is -3");
    assertRefused(
        TokenFormat.LLM_C,
        buffer(1024 + 6).putInt(20240520).putInt(1).putInt(4),
        "data.bin has 1,030 bytes, its header tells of 4 tokens, which are 1,032 bytes: the file was cut short");
  }

  @Test
  void megatronFilesThatAreDamagedAreNamed() throws IOException {
    assertRefused(TokenFormat.MEGATRON, shorts(5), "data.bin has no data.idx beside it");
    byte[] good = megatron(8, new int[] {2, 1}, new long[] {0, 4}, new long[] {0, 1, 2});
    assertRefused(
        TokenFormat.MEGATRON,
        shorts(5, 6),
        "data.bin has 4 bytes, data.idx tells of 6: the file was cut short or belongs to another");
    for (int length = 0; length < good.length; length++) {
      Files.write(folder.resolve("data.idx"), Arrays.copyOf(good, length));
      assertRefused(TokenFormat.MEGATRON, shorts(5, 6, 7), "the file was cut short; copy it again");
    }
    Files.write(folder.resolve("data.idx"), new byte[50]);
    assertRefused(TokenFormat.MEGATRON, shorts(5, 6, 7), "data.idx at byte 0: does not begin with");
    megatron(5, new int[] {2, 1}, new long[] {0, 4}, new long[] {0, 1, 2});
    assertRefused(
        TokenFormat.MEGATRON, shorts(5, 6, 7), "data.idx at byte 17: the type of tokens is 5");
    megatron(8, new int[] {2, 1}, new long[] {2, 4}, new long[] {0, 1, 2});
    assertRefused(
        TokenFormat.MEGATRON,
        shorts(5, 6, 7),
        "data.idx at byte 42: sequence 0 begins at byte 2 with 2 tokens, those before it end at byte 0");
    megatron(8, new int[] {2, 1}, new long[] {0, 4}, new long[] {0, 1, 1});
    assertRefused(
        TokenFormat.MEGATRON,
        shorts(5, 6, 7),
        "data.idx at byte 58: the documents go from sequence 0 to 1, must go from 0 to 2");
    megatron(8, new int[] {2, 1}, new long[] {0, 4}, new long[] {0, 3, 2});
    assertRefused(
        TokenFormat.MEGATRON,
        shorts(5, 6, 7),
        "data.idx at byte 66: a document ends with sequence 3, must be 0 to 2");
  }

  private List<String> nanoGpt(int... tokens) throws IOException {
    return read(TokenFormat.NANOGPT, shorts(tokens));
  }

  private List<String> llmC(int... tokens) throws IOException {
    ByteBuffer bytes = buffer(1024 + 2 * tokens.length);
    bytes.putInt(20240520).putInt(1).putInt(tokens.length).position(1024);
    bytes.put(shorts(tokens).rewind());
    return read(TokenFormat.LLM_C, bytes);
  }

  private byte[] megatron(int type, int[] lengths, long[] pointers, long[] documents)
      throws IOException {
    ByteBuffer idx = buffer(34 + 12 * lengths.length + 8 * documents.length);
    idx.put("MMIDIDX\0\0".getBytes(StandardCharsets.US_ASCII)).putLong(1).put((byte) type);
    idx.putLong(lengths.length).putLong(documents.length);
    Arrays.stream(lengths).forEach(idx::putInt);
    Arrays.stream(pointers).forEach(idx::putLong);
    Arrays.stream(documents).forEach(idx::putLong);
    byte[] bytes = array(idx);
    Files.write(folder.resolve("data.idx"), bytes);
    return bytes;
  }

  private List<String> read(TokenFormat format, ByteBuffer bytes) throws IOException {
    Path path = folder.resolve("data.bin");
    Files.write(path, array(bytes));
    List<String> documents = new ArrayList<>();
    try (ImportedFile file =
        ImportedFile.open(
            new org.apache.hadoop.fs.Path(path.toUri()), format, TOKENIZER, new Configuration())) {
      while (file.next()) {
        List<String> ids = new ArrayList<>();
        for (int id : file.tokens().toArray()) {
          ids.add(id == END ? "E" : String.valueOf(id));
        }
        documents.add(String.join(" ", ids));
      }
    }
    return documents;
  }

  private void assertRefused(TokenFormat format, ByteBuffer bytes, String message) {
    assertThatThrownBy(() -> read(format, bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static byte[] array(ByteBuffer bytes) {
    byte[] all = new byte[bytes.limit()];
    bytes.get(0, all);
    return all;
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer shorts(int... values) {
    ByteBuffer bytes = buffer(2 * values.length);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes;
  }

  private static ByteBuffer ints(int... values) {
    ByteBuffer bytes = buffer(4 * values.length);
    Arrays.stream(values).forEach(bytes::putInt);
    return bytes;
  }
}
