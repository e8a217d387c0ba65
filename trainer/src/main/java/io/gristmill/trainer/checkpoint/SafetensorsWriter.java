package io.gristmill.trainer.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Streams tensors into the safetensors format: a little-endian u64 length N, N bytes of JSON padded
 * with spaces to a multiple of 8, then the tensors one after the other, little-endian.
 *
 * @see <a href="https://github.com/huggingface/safetensors">the format</a>
 */
public final class SafetensorsWriter implements Closeable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final OutputStream out;
  private final long size; // bytes of all tensors
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long written;

  /** Metadata that says that the tensors are laid out as PyTorch's. */
  public static final Map<String, String> PYTORCH = Map.of("format", "pt");

  /**
   * Writes the header at once; the numbers of {@code tensors} follow in this order.
   *
   * @param metadata the file's {@code __metadata__}; left out if empty
   */
  public SafetensorsWriter(
      OutputStream out, List<TensorEntry> tensors, Map<String, String> metadata)
      throws IOException {
    this.out = out;
    byte[] header = header(tensors, metadata);
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    out.write(header);
    this.size = tensors.stream().mapToLong(TensorEntry::bytes).sum();
  }

  private static byte[] header(List<TensorEntry> tensors, Map<String, String> metadata)
      throws IOException {
    var mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    if (!metadata.isEmpty()) {
      metadata.forEach(root.putObject(SafetensorsReader.METADATA)::put);
    }
    long position = 0;
    for (TensorEntry tensor : tensors) {
      ObjectNode node = root.putObject(tensor.name());
      node.put("dtype", tensor.dtype().name());
      var shape = node.putArray("shape");
      tensor.shape().forEach(shape::add);
      node.putArray("data_offsets").add(position).add(position + tensor.bytes());
      position += tensor.bytes();
    }
    byte[] json = mapper.writeValueAsBytes(root);
    byte[] padded = new byte[(json.length + 7) / 8 * 8];
    Arrays.fill(padded, (byte) ' ');
    System.arraycopy(json, 0, padded, 0, json.length);
    return padded;
  }

  /** Writes the next {@code length} floats, which may span tensors of type F32. */
  public void write(float[] values, int offset, int length) throws IOException {
    requireRoom((long) length * Float.BYTES);
    int position = offset;
    int end = offset + length;
    while (position < end) {
      int count = Math.min(end - position, BUFFER_BYTES / Float.BYTES);
      buffer.clear();
      buffer.asFloatBuffer().put(values, position, count);
      out.write(buffer.array(), 0, count * Float.BYTES);
      position += count;
    }
    written += (long) length * Float.BYTES;
  }

  /** Writes the next {@code length} bytes of the tensors as they are. */
  public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
    requireRoom(length);
    out.write(bytes, offset, length);
    written += length;
  }

  private void requireRoom(long length) {
    if (length > size - written) {
      throw new IllegalArgumentException(
          "%d bytes after %d, the tensors have %d".formatted(length, written, size));
    }
  }

  /** Closes the stream; a file with fewer numbers than its header says is an error. */
  @Override
  public void close() throws IOException {
    try (out) {
      if (written != size) {
        throw new IOException(
            "%d of %d bytes were written to a safetensors file".formatted(written, size));
      }
    }
  }
}
