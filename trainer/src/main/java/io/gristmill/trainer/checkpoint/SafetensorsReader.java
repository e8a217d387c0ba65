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

/** Reads ranges of tensors from a safetensors file, after checking all of its header. */
public final class SafetensorsReader implements Closeable {
  private static final long LARGEST_HEADER = 100_000_000;
  static final String METADATA = "__metadata__";
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path path;
  private final FSDataInputStream in;
  private final long dataStart;
  private final Map<String, String> metadata;
  private final Map<String, Stored> tensors;
  private final byte[] bytes = new byte[BUFFER_BYTES];

  private record Stored(TensorEntry entry, long begin, long end) {}

  private SafetensorsReader(
      Path path,
      FSDataInputStream in,
      long dataStart,
      Map<String, String> metadata,
      Map<String, Stored> tensors) {
    this.path = path;
    this.in = in;
    this.dataStart = dataStart;
    this.metadata = metadata;
    this.tensors = tensors;
  }

  /**
   * Opens {@code path}.
   *
   * @throws IOException naming the file and what is wrong with it: clipped, not JSON, tensors with
   *     holes or overlaps, or a type that is not known
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
      JsonNode root = root(path, header);
      return new SafetensorsReader(
          path, in, dataStart, metadata(root), tensors(path, root, length - dataStart));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static JsonNode root(Path path, byte[] header) throws IOException {
    try {
      return new ObjectMapper()
          .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true)
          .readTree(header);
    } catch (JsonProcessingException e) {
      throw new IOException("%s: header is not JSON: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static Map<String, String> metadata(JsonNode root) {
    Map<String, String> metadata = new LinkedHashMap<>();
    root.path(METADATA)
        .properties()
        .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
    return metadata;
  }

  private static Map<String, Stored> tensors(Path path, JsonNode root, long dataLength)
      throws IOException {
    List<Stored> stored = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals(METADATA)) {
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
    Dtype dtype;
    try {
      dtype = Dtype.valueOf(node.path("dtype").asText());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s: %s is of type %s, which cannot be read"
              .formatted(path, name, node.path("dtype").asText("unknown")),
          e);
    }
    List<Integer> shape = new ArrayList<>();
    node.path("shape").forEach(extent -> shape.add(extent.asInt()));
    JsonNode offsets = node.path("data_offsets");
    return new Stored(
        new TensorEntry(name, dtype, shape),
        offsets.path(0).asLong(-1),
        offsets.path(1).asLong(-1));
  }

  /** All tensors in file order. */
  public List<TensorEntry> tensors() {
    return tensors.values().stream().map(Stored::entry).toList();
  }

  /** The file's {@code __metadata__}; empty where it has none. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Fails unless the file holds exactly the names and shapes of {@code expected}, in types that can
   * be read as floats, naming the first difference.
   */
  public void require(List<TensorEntry> expected) throws IOException {
    TensorEntry.requireSame(tensors(), expected, path);
  }

  /**
   * Copies {@code length} elements of a tensor as floats, beginning at its element {@code from}.
   */
  public void read(String name, long from, float[] target, int offset, int length)
      throws IOException {
    Dtype dtype = stored(name, from, length).entry().dtype();
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < length; ) {
      int count = Math.min(length - done, BUFFER_BYTES / dtype.bytes());
      readBytes(name, (from + done) * dtype.bytes(), bytes, 0, count * dtype.bytes());
      dtype.read(buffer, target, offset + done, count);
      done += count;
    }
  }

  /** Copies {@code length} bytes of a tensor as they are, beginning at its byte {@code from}. */
  public void readBytes(String name, long from, byte[] target, int offset, int length)
      throws IOException {
    long position = dataStart + stored(name, 0, 0).begin() + from;
    try {
      in.readFully(position, target, offset, length);
    } catch (EOFException e) {
      throw new IOException("%s: ends at byte %d, inside %s".formatted(path, position, name), e);
    }
  }

  private Stored stored(String name, long from, long length) {
    Stored stored = tensors.get(name);
    if (stored == null || from < 0 || length > stored.entry().size() - from) {
      throw new IllegalArgumentException(
          "%s: no elements %d to %d in %s".formatted(path, from, from + length, name));
    }
    return stored;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
