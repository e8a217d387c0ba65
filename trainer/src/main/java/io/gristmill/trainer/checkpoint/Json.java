package io.gristmill.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** JSON files of a checkpoint or a model: the same values give the same bytes. */
public final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static byte[] bytes(JsonNode node) {
    try {
      String text =
          MAPPER
              .writer(
                  new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
              .writeValueAsString(node);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes has a text form", e);
    }
  }

  /** Reads a file; what is not JSON is an {@code IOException} that names it. */
  public static JsonNode read(FileSystem files, Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return MAPPER.readTree(in.readAllBytes());
    } catch (JsonProcessingException e) {
      throw new IOException("%s is not JSON: %s".formatted(path, e.getOriginalMessage()), e);
    }
  }

  static JsonNode entry(JsonNode node, String key, Path path) throws IOException {
    JsonNode entry = node.path(key);
    if (entry.isMissingNode() || entry.isNull()) {
      throw new IOException("%s: the entry %s is missing".formatted(path, key));
    }
    return entry;
  }
}
