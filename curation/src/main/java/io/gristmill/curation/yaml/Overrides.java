package io.gristmill.curation.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code --set key.path=value}: puts a value into the parsed file as if it had been written there.
 */
final class Overrides {
  /** Where a problem with such a value is; its line is 0. */
  static final String ORIGIN = "--set";

  private Overrides() {}

  static void apply(YamlNode.Mapping root, List<String> overrides, List<Problem> problems) {
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 1) {
        problems.add(
            new Problem(
                ORIGIN, 0, "'%s' must be key=value, as pretrain.steps=200".formatted(override)));
        continue;
      }
      var parsed = YamlReader.read(ORIGIN, "value: " + override.substring(equals + 1), problems);
      YamlNode value = parsed.entries().get("value");
      if (value != null) {
        put(root, override.substring(0, equals), fromHere(value), problems);
      }
    }
  }

  /** The value without lines of a file, which it is not in. */
  private static YamlNode fromHere(YamlNode value) {
    return switch (value) {
      case YamlNode.Scalar scalar -> new YamlNode.Scalar(scalar.text(), 0);
      case YamlNode.Sequence sequence ->
          new YamlNode.Sequence(
              new ArrayList<>(sequence.items().stream().map(Overrides::fromHere).toList()), 0);
      case YamlNode.Mapping mapping -> {
        var copy = new YamlNode.Mapping(0);
        mapping.entries().forEach((key, entry) -> copy.entries().put(key, fromHere(entry)));
        yield copy;
      }
    };
  }

  private static void put(
      YamlNode.Mapping root, String path, YamlNode value, List<Problem> problems) {
    String[] keys = path.split("\\.");
    YamlNode node = root;
    for (int i = 0; i < keys.length; i++) {
      boolean last = i == keys.length - 1;
      switch (node) {
        case YamlNode.Mapping mapping -> {
          if (last) {
            mapping.entries().put(keys[i], value);
            return;
          }
          node = mapping.entries().computeIfAbsent(keys[i], key -> new YamlNode.Mapping(0));
        }
        case YamlNode.Sequence sequence -> {
          int index = index(keys[i], sequence.items().size());
          if (index < 0) {
            problems.add(
                new Problem(
                    ORIGIN,
                    0,
                    "%s: '%s' must be a number from 0 to %d"
                        .formatted(path, keys[i], sequence.items().size() - 1)));
            return;
          }
          if (last) {
            sequence.items().set(index, value);
            return;
          }
          node = sequence.items().get(index);
        }
        case YamlNode.Scalar scalar -> {
          problems.add(
              new Problem(
                  ORIGIN, 0, "%s: '%s' is a value, not a section".formatted(path, keys[i - 1])));
          return;
        }
      }
    }
  }

  private static int index(String key, int size) {
    if (key.isEmpty() || key.length() > 9 || !key.chars().allMatch(Character::isDigit)) {
      return -1;
    }
    int index = Integer.parseInt(key);
    return index < size ? index : -1;
  }
}
