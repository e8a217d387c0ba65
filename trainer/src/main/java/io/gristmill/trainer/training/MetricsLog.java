package io.gristmill.trainer.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * {@code metrics.jsonl}: one JSON object a line, for every step and event. Readers see a line at
 * once where the file system can flush (local disk, HDFS), elsewhere at the next {@link #flush}.
 */
final class MetricsLog implements Closeable {
  static final String NAME = "metrics.jsonl";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FileSystem files;
  private final Path path;
  private final boolean flushes;
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();
  private FSDataOutputStream out;

  private MetricsLog(FileSystem files, Path path) throws IOException {
    this.files = files;
    this.path = path;
    this.out = files.create(path, true);
    this.flushes = out.hasCapability(StreamCapabilities.HSYNC);
  }

  /** Begins or continues the log of a run at {@code step}: lines of later steps are dropped. */
  static MetricsLog open(FileSystem files, Path path, long step) throws IOException {
    String kept = kept(files, path, step);
    MetricsLog log = new MetricsLog(files, path);
    log.write(kept);
    return log;
  }

  private static String kept(FileSystem files, Path path, long step) throws IOException {
    StringBuilder kept = new StringBuilder();
    try (InputStream in = files.open(path)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        if (!line.isEmpty() && belongs(line, step)) {
          kept.append(line).append('\n');
        }
      }
    } catch (FileNotFoundException e) {
      return "";
    }
    return kept.toString();
  }

  /** Whether a line is of a step up to {@code step}; half a line, from a killed writer, is not. */
  private static boolean belongs(String line, long step) {
    try {
      JsonNode node = MAPPER.readTree(line);
      return node.isObject() && node.path("step").asLong(0) <= step;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** A new line of this kind, to be filled and given to {@link #append}. */
  static ObjectNode line(String event, long step) {
    return MAPPER.createObjectNode().put("event", event).put("step", step);
  }

  void append(ObjectNode line) throws IOException {
    write(line + "\n");
  }

  private void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes);
    if (flushes) {
      out.hflush();
    } else {
      all.write(bytes);
    }
  }

  /** Makes every line so far visible to readers. */
  void flush() throws IOException {
    if (!flushes) {
      out.close();
      out = files.create(path, true);
      all.writeTo(out); // readers keep seeing the version before until this stream is closed
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
