package io.gristmill.jobs.report.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads JSON of a run: an absent file is a missing node, a damaged one too, with a note. */
final class JsonFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private JsonFile() {}

  /** The value in a file of one. */
  static JsonNode read(Path path, Configuration hadoop, List<String> notes) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    if (!files.exists(path)) {
      return MissingNode.getInstance();
    }
    try (InputStream in = files.open(path)) {
      return JSON.readTree(in.readAllBytes());
    } catch (JsonProcessingException damaged) {
      notes.add(
          "%s is left out: it is no JSON (line %d). Run its stage again."
              .formatted(path.getName(), damaged.getLocation().getLineNr()));
      return MissingNode.getInstance();
    }
  }

  /** The values of a file of one a line, in order; lines that are no JSON are counted in a note. */
  static void lines(
      Path path, Configuration hadoop, List<String> notes, Consumer<JsonNode> consumer)
      throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    if (!files.exists(path)) {
      return;
    }
    long damaged = 0;
    try (var in =
        new BufferedReader(new InputStreamReader(files.open(path), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        try {
          consumer.accept(JSON.readTree(line));
        } catch (JsonProcessingException cut) {
          damaged++;
        }
      }
    }
    if (damaged > 0) {
      notes.add(
          "%s: %d %s no JSON and left out, as when a run is killed while it writes."
              .formatted(path.getName(), damaged, damaged == 1 ? "line is" : "lines are"));
    }
  }

  /** A text, empty where there is none. */
  static String word(JsonNode node, String key) {
    return node.path(key).asText("");
  }

  /** A domain, empty for all domains of a language together, which some files call {@code *}. */
  static String domain(JsonNode node) {
    String domain = word(node, "domain");
    return domain.equals("*") ? "" : domain;
  }

  /** A count, 0 where there is none. */
  static long count(JsonNode node, String key) {
    return node.path(key).asLong(0);
  }

  /** A measure, NaN where there is none. */
  static double measure(JsonNode node, String key) {
    return node.path(key).asDouble(Double.NaN);
  }

  /** An object of counts, by name. */
  static SortedMap<String, Long> counts(JsonNode node) {
    var counts = new TreeMap<String, Long>();
    node.properties().forEach(entry -> counts.put(entry.getKey(), entry.getValue().asLong(0)));
    return counts;
  }
}
