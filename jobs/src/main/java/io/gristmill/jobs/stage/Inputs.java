package io.gristmill.jobs.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Collects what a stage depends on, name by name, so that a change can be told by its name. */
public final class Inputs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SortedMap<String, String> values = new TreeMap<>();

  /**
   * @param version raised by whoever changes the stage's output for equal inputs
   */
  public Inputs(int version) {
    values.put("stage version", Integer.toString(version));
  }

  public Inputs value(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** A text too long to keep: its hash stands for it. */
  public Inputs hash(String name, String text) {
    return value(name, Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * A value that is left out where it is the usual one: an output that is older than the value does
   * not have it.
   */
  public Inputs unusual(String name, String value, String usual) {
    return value.equals(usual) ? this : value(name, value);
  }

  /** Leaves out what does not matter to the output. */
  public Inputs without(String prefix) {
    values.keySet().removeIf(name -> name.startsWith(prefix));
    return this;
  }

  /** Every leaf of a configuration record, defaults included. */
  public Inputs configuration(String name, Record configuration) {
    flatten(name, JSON.valueToTree(configuration));
    return this;
  }

  /**
   * The content of a folder that an earlier stage published.
   *
   * @throws IllegalStateException when it is not published
   */
  public Inputs published(String stage, Path folder, Configuration hadoop) throws IOException {
    Manifest manifest =
        Manifest.read(folder, hadoop)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "%s: not published; run the stage %s first (gristmill run does it by itself)"
                            .formatted(folder, stage)));
    values.put("content of " + stage, manifest.contentHash());
    return this;
  }

  public SortedMap<String, String> all() {
    return Collections.unmodifiableSortedMap(values);
  }

  private void flatten(String name, JsonNode node) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(field -> flatten(name + "." + kebab(field.getKey()), field.getValue()));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(name + "." + i, node.get(i));
      }
    } else {
      values.put(name, node.asText());
    }
  }

  /** As in the YAML: {@code max-epochs}. */
  private static String kebab(String field) {
    return field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
