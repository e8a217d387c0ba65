package io.gristmill.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final List<TensorEntry> TENSORS =
      List.of(
          TensorEntry.float32("a.weight", List.of(3, 5)),
          TensorEntry.float32("norm", List.of(7)),
          TensorEntry.float32("empty", List.of(0, 4)),
          TensorEntry.float32("large", List.of(2, 300_001)));

  @TempDir Path folder;
  private FileSystem files;
  private float[] values;
  private byte[] bytes;

  @BeforeEach
  void writeAFile() throws IOException {
    files =
        CheckpointFiles.system(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
    var random = new SplittableRandom(SEED);
    values = new float[15 + 7 + 600_002];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    var out = new ByteArrayOutputStream();
    try (var writer = new SafetensorsWriter(out, TENSORS, SafetensorsWriter.PYTORCH)) {
      writer.write(values, 0, 4); // pieces need not end where tensors do
      writer.write(values, 4, values.length - 4);
    }
    bytes = out.toByteArray();
  }

  @Test
  void theBytesAreAsTheFormatSays() throws IOException {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(file.getLong());
    assertThat((Long.BYTES + header) % 8).isZero();
    String json = new String(bytes, 8, header, StandardCharsets.UTF_8);
    assertThat(json)
        .startsWith("{")
        .endsWith("}" + " ".repeat(json.length() - json.trim().length()));
    JsonNode root = new ObjectMapper().readTree(json);
    assertThat(root.path("__metadata__").path("format").asText()).isEqualTo("pt");
    assertThat(root.path("a.weight").toString())
        .isEqualTo("{\"dtype\":\"F32\",\"shape\":[3,5],\"data_offsets\":[0,60]}");
    assertThat(root.path("norm").path("data_offsets").toString()).isEqualTo("[60,88]");
    assertThat(bytes).hasSize(8 + header + 4 * values.length);
    file.position(8 + header + 60);
    assertThat(file.getInt()).isEqualTo(Float.floatToRawIntBits(values[15]));
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    try (SafetensorsReader reader = open(bytes)) {
      assertThat(reader.tensors()).containsExactlyInAnyOrderElementsOf(TENSORS);
      reader.require(TENSORS);
      float[] large = new float[600_002 + 3];
      reader.read("large", 0, large, 3, 600_002);
      assertThat(bits(large, 3, large.length)).isEqualTo(bits(values, 22, values.length));
      float[] part = new float[4];
      reader.read("a.weight", 11, part, 0, 4);
      assertThat(bits(part, 0, 4)).isEqualTo(bits(values, 11, 15));
    }
  }

  @Test
  void aFileClippedAnywhereIsRefusedAndNamed() throws IOException {
    int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    for (int length :
        new int[] {0, 1, 7, 8, 9, 100, 7 + header, 8 + header, 9 + header, bytes.length - 1}) {
      assertThatThrownBy(() -> open(Arrays.copyOf(bytes, length)).close())
          .as("clipped at %d", length)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("file.safetensors");
    }
    assertThatThrownBy(() -> open(Arrays.copyOf(bytes, bytes.length + 1)).close())
        .hasMessageContaining("clipped or damaged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | lies at bytes 4 to 12",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[9],\"data_offsets\":[0,8]}} | lies at bytes 0 to 8",
        "{\"t\":{\"dtype\":\"F4\",\"shape\":[16],\"data_offsets\":[0,8]}} | is of type F4, which cannot",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | tensors take 4 bytes",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]} | header is not JSON",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2]}} | lies at bytes -1"
      })
  void aWrongHeaderIsRefusedAndExplained(String header, String message) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json);
    assertThatThrownBy(() -> open(file.array()).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aHugeHeaderIsRefusedBeforeItIsRead() {
    byte[] huge = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 40).array();
    assertThatThrownBy(() -> open(huge).close())
        .hasMessageContaining("header of 1099511627776 bytes in a file of 64");
  }

  @Test
  void anotherShapeThanTheModelNeedsIsNamed() throws IOException {
    try (SafetensorsReader reader = open(bytes)) {
      assertThatThrownBy(() -> reader.require(List.of(TensorEntry.float32("norm", List.of(8)))))
          .hasMessageContaining("norm has shape [7], the model needs [8]");
      assertThatThrownBy(() -> reader.require(List.of(TensorEntry.float32("lm_head", List.of(8)))))
          .hasMessageContaining("lm_head is missing");
      assertThatThrownBy(() -> reader.require(TENSORS.subList(0, 2)))
          .hasMessageContaining("holds empty, which the model does not have");
    }
  }

  @Test
  void aFileWithTooFewFloatsIsNotClosedQuietly() {
    assertThatThrownBy(
            () -> {
              try (var writer =
                  new SafetensorsWriter(
                      new ByteArrayOutputStream(), TENSORS, SafetensorsWriter.PYTORCH)) {
                writer.write(values, 0, 10);
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("40 of 2400096 bytes");
  }

  private SafetensorsReader open(byte[] content) throws IOException {
    Path file = folder.resolve("file.safetensors");
    Files.write(file, content);
    return SafetensorsReader.open(files, new org.apache.hadoop.fs.Path(file.toUri()));
  }

  private static int[] bits(float[] from, int start, int end) {
    int[] bits = new int[end - start];
    for (int i = start; i < end; i++) {
      bits[i - start] = Float.floatToRawIntBits(from[i]);
    }
    return bits;
  }
}
