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
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * {@code metrics.jsonl}: one JSON object a line, for every step and event. Readers see a line at
 * once where the file system can append (local disk, HDFS), elsewhere at the next {@link #flush}.
 *
 * <p>An attempt begins a file of its own and puts it in place of the one before, so that a kill at
 * that moment loses no line, and a writer of an earlier attempt that wakes writes to a file that is
 * gone.
 */
final class MetricsLog implements Closeable {
  static final String NAME = "metrics.jsonl";

  /** What an attempt begins with; an underscore keeps it out of a published folder. */
  private static final String DRAFT = "_metrics.jsonl";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FileSystem files;
  private final Path path;
  private final boolean appends;
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();
  private FSDataOutputStream out;

  private MetricsLog(FileSystem files, Path path, String kept) throws IOException {
    this.files = files;
    this.path = path;
    this.appends = files.hasPathCapability(path, CommonPathCapabilities.FS_APPEND);
    if (appends) {
      replace(kept);
      this.out = files.append(path);
    } else {
      this.out = files.create(path, true); // the file before is there until this one is closed
      write(kept);
    }
  }

  private void replace(String kept) throws IOException {
    Path draft = draft(path);
    try (FSDataOutputStream begun = files.create(draft, true)) {
      begun.write(kept.getBytes(StandardCharsets.UTF_8));
    }
    if (!files.rename(draft, path)) { // HDFS renames to no file that is there
      files.delete(path, false);
      if (!files.rename(draft, path)) {
        throw new IOException("%s cannot be renamed to %s".formatted(draft, path));
      }
    }
  }

  private static Path draft(Path path) {
    return new Path(path.getParent(), DRAFT);
  }

  /** Begins or continues the log of a run at {@code step}: lines of later steps are dropped. */
  static MetricsLog open(FileSystem files, Path path, long step) throws IOException {
    // Killed between its removal and the renaming, an attempt leaves its lines in the draft.
    Path lines = files.exists(path) ? path : draft(path);
    return new MetricsLog(files, path, kept(files, lines, step));
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
    if (appends) {
      out.hflush();
    } else {
      all.write(bytes);
    }
  }

  /** Makes every line so far visible to readers. */
  void flush() throws IOException {
    if (!appends) {
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
