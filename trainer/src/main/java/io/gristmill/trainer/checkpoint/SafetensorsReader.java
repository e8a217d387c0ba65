package io.gristmill.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads ranges of 32-bit float tensors from a safetensors file, after checking all of its header.
 */
public final class SafetensorsReader implements Closeable {
  private static final long LARGEST_HEADER = 100_000_000;
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path path;
  private final FSDataInputStream in;
  private final long dataStart;
  private final Map<String, Stored> tensors;
  private final byte[] bytes = new byte[BUFFER_BYTES];

  private record Stored(TensorEntry entry, long begin, long end) {}

  private SafetensorsReader(
      Path path, FSDataInputStream in, long dataStart, Map<String, Stored> tensors) {
    this.path = path;
    this.in = in;
    this.dataStart = dataStart;
    this.tensors = tensors;
  }

  /**
   * Opens {@code path}.
   *
   * @throws IOException naming the file and what is wrong with it: clipped, not JSON, tensors with
   *     holes or overlaps, or a type other than F32
   */
  public static SafetensorsReader open(FileSystem fs, Path path) throws IOException {
    long length = fs.getFileStatus(path).getLen();
    FSDataInputStream in = fs.open(path);
    try {
      byte[] prefix = new byte[Long.BYTES];
      if (length < prefix.length) {
        throw new IOException("%s: %d bytes are too few for a header".formatted(path, length));
      }
      in.readFully(0, prefix);
      long headerLength = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (headerLength < 2
          || headerLength > LARGEST_HEADER
          || headerLength > length - prefix.length) {
        throw new IOException(
            "%s: header of %d bytes in a file of %d".formatted(path, headerLength, length));
      }
      byte[] header = new byte[(int) headerLength];
      in.readFully(prefix.length, header);
      long dataStart = prefix.length + headerLength;
      return new SafetensorsReader(path, in, dataStart, tensors(path, header, length - dataStart));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static Map<String, Stored> tensors(Path path, byte[] header, long dataLength)
      throws IOException {
    JsonNode root;
    try {
      root =
          new ObjectMapper()
              .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true)
              .readTree(header);
    } catch (JsonProcessingException e) {
      throw new IOException("%s: header is not JSON: %s".formatted(path, e.getMessage()), e);
    }
    List<Stored> stored = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        stored.add(stored(path, field.getKey(), field.getValue()));
      }
    }
    stored.sort(Comparator.comparingLong(Stored::begin).thenComparingLong(Stored::end));
    long position = 0;
    Map<String, Stored> byName = new LinkedHashMap<>();
    for (Stored tensor : stored) {
      if (tensor.begin() != position || tensor.end() - position != tensor.entry().bytes()) {
        throw new IOException(
            "%s: %s lies at bytes %d to %d, expected %d to %d"
                .formatted(
                    path,
                    tensor.entry().name(),
                    tensor.begin(),
                    tensor.end(),
                    position,
                    position + tensor.entry().bytes()));
      }
      position = tensor.end();
      byName.put(tensor.entry().name(), tensor);
    }
    if (position != dataLength) {
      throw new IOException(
          "%s: tensors take %d bytes, the file has %d after its header; it is clipped or damaged"
              .formatted(path, position, dataLength));
    }
    return byName;
  }

  private static Stored stored(Path path, String name, JsonNode node) throws IOException {
    if (!node.path("dtype").asText().equals("F32")) {
      throw new IOException(
          "%s: %s is of type %s, only F32 can be read".formatted(path, name, node.path("dtype")));
    }
    List<Integer> shape = new ArrayList<>();
    node.path("shape").forEach(extent -> shape.add(extent.asInt()));
    JsonNode offsets = node.path("data_offsets");
    return new Stored(
        new TensorEntry(name, shape), offsets.path(0).asLong(-1), offsets.path(1).asLong(-1));
  }

  /** All tensors in file order. */
  public List<TensorEntry> tensors() {
    return tensors.values().stream().map(Stored::entry).toList();
  }

  /** Fails unless the file holds exactly {@code expected}, naming the first difference. */
  public void require(List<TensorEntry> expected) throws IOException {
    for (TensorEntry entry : expected) {
      Stored found = tensors.get(entry.name());
      if (found == null) {
        throw new IOException("%s: %s is missing".formatted(path, entry.name()));
      }
      if (!found.entry().equals(entry)) {
        throw new IOException(
            "%s: %s has shape %s, the model needs %s"
                .formatted(path, entry.name(), found.entry().shape(), entry.shape()));
      }
    }
    if (tensors.size() != expected.size()) {
      throw new IOException(
          "%s: holds %d tensors, the model has %d"
              .formatted(path, tensors.size(), expected.size()));
    }
  }

  /** Copies {@code length} floats of a tensor, beginning at its float {@code from}. */
  public void read(String name, long from, float[] target, int offset, int length)
      throws IOException {
    Stored stored = tensors.get(name);
    if (stored == null || from < 0 || length > stored.entry().size() - from) {
      throw new IllegalArgumentException(
          "%s: no floats %d to %d in %s".formatted(path, from, from + length, name));
    }
    long position = dataStart + stored.begin() + from * Float.BYTES;
    for (int done = 0; done < length; ) {
      int count = Math.min(length - done, BUFFER_BYTES / Float.BYTES);
      try {
        in.readFully(position, bytes, 0, count * Float.BYTES);
      } catch (EOFException e) {
        throw new IOException("%s: ends at byte %d, inside %s".formatted(path, position, name), e);
      }
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(target, offset + done, count);
      position += (long) count * Float.BYTES;
      done += count;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
