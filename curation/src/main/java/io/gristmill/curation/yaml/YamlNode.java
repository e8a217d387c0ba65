package io.gristmill.curation.yaml;

import java.util.LinkedHashMap;
import java.util.List;

/**
 * A parsed YAML value that remembers its line. Scalars stay text until somebody says what they are.
 */
sealed interface YamlNode {
  int line();

  record Scalar(String text, int line) implements YamlNode {}

  record Sequence(List<YamlNode> items, int line) implements YamlNode {}

  /** A mapping in file order; the map is filled while parsing and by overrides, then only read. */
  record Mapping(LinkedHashMap<String, YamlNode> entries, int line) implements YamlNode {
    Mapping(int line) {
      this(new LinkedHashMap<>(), line);
    }
  }

  /** What the value is, for messages. */
  default String kind() {
    return switch (this) {
      case Scalar scalar -> "'" + scalar.text() + "'";
      case Sequence sequence -> "a list of " + sequence.items().size();
      case Mapping mapping -> "a section with " + mapping.entries().size() + " keys";
    };
  }
}
