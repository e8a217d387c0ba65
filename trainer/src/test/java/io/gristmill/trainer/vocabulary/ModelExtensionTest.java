package io.gristmill.trainer.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.tokenization.format.TokenizerJson;
import io.gristmill.trainer.checkpoint.CheckpointFiles;
import io.gristmill.trainer.checkpoint.CheckpointWriter;
import io.gristmill.trainer.checkpoint.Dtype;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.checkpoint.HuggingFace;
import io.gristmill.trainer.checkpoint.Manifest;
import io.gristmill.trainer.checkpoint.ModelWeights;
import io.gristmill.trainer.checkpoint.SafetensorsReader;
import io.gristmill.trainer.checkpoint.SafetensorsWriter;
import io.gristmill.trainer.checkpoint.TensorEntry;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelExtensionTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final Configuration CONFIGURATION = new Configuration();
  private static final int OLD = ExtendedTokenizer.OLD_SIZE;
  private static final int NEW = OLD + 5;
  private static final int CHANNELS = 16;
  private static final String EMBEDDING = "model.embed_tokens.weight";
  private static final String HEAD = "lm_head.weight";

  /** The ids that the old tokenizer gives for each new token: byte b is b + 1. */
  private static final int[][] PIECES = {
    {'t' + 1, 'h' + 1},
    {'t' + 1, 'h' + 1, 'e' + 1},
    {0xE7 + 1, 0xA3 + 1},
    {0xE7 + 1, 0xA3 + 1, 0xA8 + 1},
    {'<' + 1, '|' + 1, 'n' + 1, 'e' + 1, 'w' + 1, '|' + 1, '>' + 1}
  };

  @TempDir Path folder;
  private Path model;
  private Path tokenizer;
  private Path output;

  @BeforeEach
  void writeTheTokenizers() throws IOException {
    model = Files.createDirectories(folder.resolve("model"));
    tokenizer = Files.createDirectories(folder.resolve("tokenizer"));
    output = folder.resolve("output");
    TokenizerFiles.write(ExtendedTokenizer.old(), path(model), CONFIGURATION);
    TokenizerFiles.write(ExtendedTokenizer.extended(), path(tokenizer), CONFIGURATION);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oldRowsStayAndNewOnesAreTheMeansOfTheirPieces(boolean tied) throws IOException {
    Tensors before = writeOurs(OLD, tied);

    ExtendedModel extended = extend(1);

    assertThat(extended).isEqualTo(new ExtendedModel(OLD, NEW, 5, 17 / 5.0));
    Tensors after = readWeights(config(NEW, tied));
    int tables = 0;
    for (int i = 0; i < before.layout().tensors().size(); i++) {
      String name = before.layout().tensors().get(i).name();
      float[] was = before.of(i);
      assertThat(bits(Arrays.copyOf(after.of(i), was.length))).as(name).isEqualTo(bits(was));
      if (name.equals(EMBEDDING) || name.equals(HEAD)) {
        tables++;
        for (int n = 0; n < PIECES.length; n++) {
          assertThat(row(after.of(i), OLD + n)).as(name).isEqualTo(mean(was, PIECES[n]));
        }
      } else {
        assertThat(after.of(i)).hasSameSizeAs(was);
      }
    }
    assertThat(tables).isEqualTo(tied ? 1 : 2);
    assertThat(TokenizerJson.read(path(output), CONFIGURATION).sha256())
        .isEqualTo(ExtendedTokenizer.extended().sha256());
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16", "F16"})
  void aModelInShardsOfAnyTypeKeepsItsFilesAndTheirMetadata(Dtype dtype) throws IOException {
    Map<String, String> metadata = Map.of("format", "pt", "made_by", "another program");
    TensorEntry embedding = new TensorEntry(EMBEDDING, dtype, List.of(OLD, CHANNELS));
    TensorEntry head = new TensorEntry(HEAD, dtype, List.of(OLD, CHANNELS));
    TensorEntry other = new TensorEntry("model.norm.weight", Dtype.F32, List.of(700_001));
    TensorEntry count = new TensorEntry("steps", Dtype.I64, List.of(3));
    byte[] first = writeShard("model-00001-of-00002.safetensors", metadata, other, embedding);
    byte[] second = writeShard("model-00002-of-00002.safetensors", Map.of(), head, count);
    Files.writeString(
        model.resolve("model.safetensors.index.json"),
        """
        {"metadata":{"total_size":1,"total_parameters":1,"x":"y"},"weight_map":{
          "model.norm.weight":"model-00001-of-00002.safetensors",
          "model.embed_tokens.weight":"model-00001-of-00002.safetensors",
          "lm_head.weight":"model-00002-of-00002.safetensors",
          "steps":"model-00002-of-00002.safetensors"}}
        """);
    Files.writeString(model.resolve("config.json"), "{\"vocab_size\":%d}".formatted(OLD));

    extend(1);

    try (ModelWeights weights = ModelWeights.open(files(), path(output))) {
      assertThat(weights.files())
          .containsExactly("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
      SafetensorsReader one = weights.file("model-00001-of-00002.safetensors");
      SafetensorsReader two = weights.file("model-00002-of-00002.safetensors");
      assertThat(one.metadata()).isEqualTo(metadata);
      assertThat(two.metadata()).isEmpty();
      int table = OLD * CHANNELS * dtype.bytes();
      int norm = 700_001 * 4;
      assertThat(bytes(one, other)).isEqualTo(Arrays.copyOf(first, norm));
      assertThat(bytes(two, count)).isEqualTo(Arrays.copyOfRange(second, table, table + 24));
      assertTable(bytes(one, embedding.name(), dtype), first, norm, dtype);
      assertTable(bytes(two, head.name(), dtype), second, 0, dtype);
    }
    long bytes = 700_001L * 4 + 2L * NEW * CHANNELS * dtype.bytes() + 24;
    assertThat(Files.readString(output.resolve("model.safetensors.index.json")))
        .contains("\"total_size\" : " + bytes)
        .contains("\"total_parameters\" : " + (700_001 + 2 * NEW * CHANNELS + 3))
        .contains("\"x\" : \"y\"");
  }

  @Test
  void configJsonKeepsEveryByteButTheSize() throws IOException {
    writeOurs(OLD, true);
    String text =
        "{ \"später\": {\"vocab_size\": 1}, \"eps\":1e-06,\n\t\"vocab_size\" :%d ,\"tie_word_embeddings\":true}\n";
    Files.writeString(model.resolve("config.json"), text.formatted(OLD));
    extend(64);
    assertThat(Files.readString(output.resolve("config.json"))).isEqualTo(text.formatted(320));
  }

  @Test
  void paddingIsTheMeanOfAllOldRows() throws IOException {
    Tensors before = writeOurs(OLD, true);
    assertThat(extend(64).rows()).isEqualTo(320);
    float[] after = readWeights(config(320, true)).of(0);
    int[] all = new int[OLD];
    Arrays.setAll(all, i -> i);
    for (int row = NEW; row < 320; row++) {
      assertThat(row(after, row)).isEqualTo(mean(before.of(0), all));
    }
  }

  @Test
  void newTokensTakeTheRowsThatAPaddedModelHadToSpare() throws IOException {
    Tensors before = writeOurs(300, true);
    assertThat(extend(1)).isEqualTo(new ExtendedModel(300, 300, 5, 17 / 5.0));
    float[] was = before.of(0);
    float[] after = readWeights(config(300, true)).of(0);
    for (int row = 0; row < 300; row++) {
      assertThat(row(after, row))
          .as("row %d", row)
          .isEqualTo(row >= OLD && row < NEW ? mean(was, PIECES[row - OLD]) : row(was, row));
    }
  }

  @Test
  void aTokenizerWithNothingNewGivesTheSameWeights() throws IOException {
    writeOurs(OLD, false);
    TokenizerFiles.write(ExtendedTokenizer.old(), path(tokenizer), CONFIGURATION);
    assertThat(extend(1)).isEqualTo(new ExtendedModel(OLD, OLD, 0, 0));
    for (String name : List.of("config.json", "model.safetensors")) {
      assertThat(output.resolve(name)).hasSameBinaryContentAs(model.resolve(name));
    }
  }

  @Test
  void whatElseIsInTheFolderComesAlongButNotWhatIsOfTheOldVocabulary() throws IOException {
    writeOurs(OLD, true);
    for (String name :
        List.of(
            "LICENSE",
            "modeling.py",
            "trainer_state.json",
            "optimizer-first-moment.safetensors",
            "pytorch_model.bin",
            "vocab.json",
            "_MANIFEST.json")) {
      Files.writeString(model.resolve(name), name);
    }
    Files.createDirectories(model.resolve("original"));
    extend(1);
    try (Stream<Path> names = Files.list(output)) {
      assertThat(names.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "LICENSE",
              "modeling.py",
              "config.json",
              "generation_config.json",
              "model.safetensors",
              "tokenizer.json",
              "tokenizer_config.json",
              "_MANIFEST.json");
    }
  }

  @Test
  void theSameInputsGiveTheSameBytes() throws IOException {
    writeOurs(OLD, false);
    extend(8);
    String first = Files.readString(output.resolve(Manifest.NAME));
    output = folder.resolve("again");
    extend(8);
    assertThat(Files.readString(output.resolve(Manifest.NAME))).isEqualTo(first);
  }

  @Test
  void aTokenizerThatDoesNotExtendIsRefusedWithItsFirstOtherId() throws IOException {
    writeOurs(OLD, true);
    String json = TokenizerJson.toJson(ExtendedTokenizer.extended());
    // Swaps the ids of a and b.
    String swapped =
        json.replaceFirst("\"a\" : 98", "\"a\" : 99").replaceFirst("\"b\" : 99", "\"b\" : 98");
    assertThat(swapped).isNotEqualTo(json);
    Files.delete(tokenizer.resolve(".tokenizer.json.crc"));
    Files.writeString(tokenizer.resolve(TokenizerJson.FILE), swapped);
    assertThatThrownBy(() -> extend(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id 98 is \"b\", was \"a\"")
        .hasMessageContaining("tokenizer.extends");
    assertThat(output).doesNotExist();
  }

  @Test
  void aSmallerTokenizerIsRefused() throws IOException {
    writeOurs(NEW, true);
    BpeTokenizer swap = ExtendedTokenizer.extended();
    TokenizerFiles.write(swap, path(model), CONFIGURATION);
    TokenizerFiles.write(ExtendedTokenizer.old(), path(tokenizer), CONFIGURATION);
    assertThatThrownBy(() -> extend(1))
        .hasMessageContaining("id 257 is missing, was \"th\" (257 tokens, were 262)");
  }

  @Test
  void weightsThatDoNotFitTheConfigurationAreNamed() throws IOException {
    writeOurs(OLD, false);
    config("{\"vocab_size\":258}");
    assertRefused("model.embed_tokens.weight has shape [257, 16], config.json says vocab_size 258");
    config("{\"tie_word_embeddings\":true}");
    assertRefused("vocab_size 0");

    TensorEntry norm = TensorEntry.float32("model.norm.weight", List.of(CHANNELS));
    TensorEntry table = TensorEntry.float32(EMBEDDING, List.of(OLD, CHANNELS));
    config("{\"vocab_size\":257}");
    writeShard(HuggingFace.MODEL, Map.of(), norm);
    assertRefused("model.embed_tokens.weight is missing; only Llama-like models can be extended");
    writeShard(HuggingFace.MODEL, Map.of(), norm, table);
    assertRefused("lm_head.weight is missing, and config.json does not say tie_word_embeddings");
    writeShard(HuggingFace.MODEL, Map.of(), new TensorEntry(EMBEDDING, Dtype.I8, table.shape()));
    assertRefused("is of type I8, only F32, BF16 and F16 can be extended");

    config("{\"vocab_size\":200,\"tie_word_embeddings\":true}");
    writeShard(HuggingFace.MODEL, Map.of(), TensorEntry.float32(EMBEDDING, List.of(200, CHANNELS)));
    assertRefused("vocab_size is 200, but tokenizer.json has 257 tokens");
  }

  @Test
  void shardsThatDoNotFitTheirIndexAreNamed() throws IOException {
    TensorEntry table = TensorEntry.float32(EMBEDDING, List.of(OLD, CHANNELS));
    config("{\"vocab_size\":257,\"tie_word_embeddings\":true}");
    Path index = model.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\":{\"%s\":\"a.safetensors\"}}".formatted(EMBEDDING));
    assertRefused("a.safetensors is missing");
    writeShard("a.safetensors", Map.of(), table, TensorEntry.float32("x", List.of(1)));
    assertRefused("x is in no file by the index, but in a.safetensors");
    Files.writeString(
        index,
        "{\"weight_map\":{\"%s\":\"a.safetensors\",\"x\":\"a.safetensors\",\"y\":\"a.safetensors\"}}"
            .formatted(EMBEDDING));
    assertRefused("y is missing in");
    Files.writeString(index, "{\"weight_map\":{\"%s\":\"../a\"}}".formatted(EMBEDDING));
    assertRefused("../a is not a file of the folder");
  }

  @Test
  void whatADeadRunLeavesIsNeverAModel() throws IOException {
    writeOurs(OLD, true);
    extend(1);
    long whole = 0;
    try (Stream<Path> all = Files.list(output)) {
      for (Path file : all.toList()) {
        whole += Files.size(file);
      }
    }
    for (int part = 0; part < 20; part++) {
      output = folder.resolve("died" + part);
      long bytes = part == 19 ? whole - 1 : whole * part / 20;
      var extension =
          new ModelExtension(
              path(model), path(tokenizer), new org.apache.hadoop.fs.Path("dying://" + output), 1);
      assertThatThrownBy(() -> extension.write(DyingFileSystem.after(bytes)))
          .as("after %d of %d bytes", bytes, whole)
          .isInstanceOf(IOException.class)
          .hasMessage("died");
      Throwable unread =
          catchThrowable(
              () -> {
                HuggingFace.readConfig(files(), path(output));
                assertThat(Files.readString(output.resolve(Manifest.NAME))).endsWith("}\n");
              });
      assertThat(unread).as("after %d of %d bytes", bytes, whole).isNotNull();
      assertThatThrownBy(() -> extend(1)).hasMessageContaining("is not empty, and no finished");
    }
  }

  @Test
  void aFinishedModelIsNotWrittenOver() throws IOException {
    writeOurs(OLD, true);
    extend(1);
    assertThatThrownBy(() -> extend(1)).hasMessageContaining("is finished already");
    assertThatThrownBy(() -> new ModelExtension(path(model), path(tokenizer), path(output), 0))
        .hasMessageContaining("--pad-to is 0, must be 1 to 65536; 64 is usual");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> extend(1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
    assertThat(output).doesNotExist();
  }

  private void config(String json) throws IOException {
    Files.writeString(model.resolve("config.json"), json);
  }

  private ExtendedModel extend(int multiple) throws IOException {
    return new ModelExtension(path(model), path(tokenizer), path(output), multiple)
        .write(CONFIGURATION);
  }

  private Tensors writeOurs(int vocabulary, boolean tied) throws IOException {
    ModelConfig config = config(vocabulary, tied);
    Tensors weights = new Llama(config, Kernels.best()).initial(SEED);
    Path aside = folder.resolve("aside");
    HuggingFace.write(new CheckpointWriter(files(), path(aside), Fence.none()), config, weights, 0);
    try (Stream<Path> written = Files.list(aside)) {
      for (Path file : written.toList()) {
        Files.move(file, model.resolve(file.getFileName()));
      }
    }
    return weights;
  }

  private static ModelConfig config(int vocabulary, boolean tied) {
    return new ModelConfig(vocabulary, CHANNELS, 2, 2, 1, 8, 24, 32, 10_000, 1e-5, tied);
  }

  /** Random tensors in one file; weights are finite, as far as their type can be. */
  private byte[] writeShard(String name, Map<String, String> metadata, TensorEntry... tensors)
      throws IOException {
    var random = new SplittableRandom(SEED + name.hashCode());
    int size = (int) Stream.of(tensors).mapToLong(TensorEntry::bytes).sum();
    ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (TensorEntry tensor : tensors) {
      for (long i = 0; i < tensor.size(); i++) {
        float value = (float) random.nextDouble(-1, 1);
        switch (tensor.dtype()) {
          case F32 -> buffer.putFloat(value);
          case BF16 -> buffer.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
          case F16 -> buffer.putShort(Float.floatToFloat16(value));
          case I64 -> buffer.putLong(random.nextLong());
          default -> buffer.put((byte) random.nextInt());
        }
      }
    }
    try (OutputStream out = Files.newOutputStream(model.resolve(name));
        var writer = new SafetensorsWriter(out, List.of(tensors), metadata)) {
      writer.writeBytes(buffer.array(), 0, size);
    }
    return buffer.array();
  }

  /** Old rows to the bit; of new ones, no value of the type is nearer to the mean. */
  private static void assertTable(byte[] table, byte[] shard, int offset, Dtype dtype) {
    int old = OLD * CHANNELS * dtype.bytes();
    assertThat(Arrays.copyOf(table, old))
        .isEqualTo(Arrays.copyOfRange(shard, offset, offset + old));
    ByteBuffer rows = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    for (int n = 0; n < PIECES.length; n++) {
      for (int c = 0; c < CHANNELS; c++) {
        double mean = 0;
        for (int piece : PIECES[n]) {
          mean += value(rows, piece * CHANNELS + c, dtype, 0);
        }
        mean /= PIECES[n].length;
        int at = (OLD + n) * CHANNELS + c;
        double off = Math.abs(value(rows, at, dtype, 0) - mean);
        assertThat(off)
            .as("new token %d channel %d seed %d", n, c, SEED)
            .isLessThanOrEqualTo(Math.abs(value(rows, at, dtype, 1) - mean))
            .isLessThanOrEqualTo(Math.abs(value(rows, at, dtype, -1) - mean));
      }
    }
  }

  /** An element, or the value of its type so many steps away. */
  private static double value(ByteBuffer rows, int element, Dtype dtype, int steps) {
    return switch (dtype) {
      case F32 -> Float.intBitsToFloat(rows.getInt(4 * element) + steps);
      case BF16 -> Float.intBitsToFloat((rows.getShort(2 * element) + steps) << 16);
      default -> Float.float16ToFloat((short) (rows.getShort(2 * element) + steps));
    };
  }

  private static byte[] bytes(SafetensorsReader reader, TensorEntry tensor) throws IOException {
    byte[] bytes = new byte[(int) tensor.bytes()];
    reader.readBytes(tensor.name(), 0, bytes, 0, bytes.length);
    return bytes;
  }

  private static byte[] bytes(SafetensorsReader reader, String name, Dtype dtype)
      throws IOException {
    return bytes(reader, new TensorEntry(name, dtype, List.of(NEW, CHANNELS)));
  }

  private Tensors readWeights(ModelConfig expected) throws IOException {
    ModelConfig config = HuggingFace.readConfig(files(), path(output));
    assertThat(config).isEqualTo(expected);
    return HuggingFace.readWeights(files(), path(output), config);
  }

  private FileSystem files() throws IOException {
    return CheckpointFiles.system(path(folder), CONFIGURATION);
  }

  private static float[] row(float[] table, int row) {
    return Arrays.copyOfRange(table, row * CHANNELS, (row + 1) * CHANNELS);
  }

  private static float[] mean(float[] table, int[] rows) {
    float[] mean = new float[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      double sum = 0;
      for (int row : rows) {
        sum += table[row * CHANNELS + c];
      }
      mean[c] = (float) (sum / rows.length);
    }
    return mean;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  private static org.apache.hadoop.fs.Path path(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }
}
