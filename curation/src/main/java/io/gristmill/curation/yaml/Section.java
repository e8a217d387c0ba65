package io.gristmill.curation.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One section of a configuration while it is read. Asking for a key marks it as known; a wrong
 * value is noted as a problem and the default returned, so that reading goes on and finds the rest.
 */
public final class Section {
  private final String file;
  private final String path;
  private final YamlNode.Mapping node;
  private final List<Problem> problems;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<Section> children = new ArrayList<>();
  private final Set<String> wrong = new HashSet<>();

  private Section(String file, String path, YamlNode.Mapping node, List<Problem> problems) {
    this.file = file;
    this.path = path;
    this.node = node;
    this.problems = problems;
  }

  /**
   * Reads all of {@code text} with {@code reader}.
   *
   * @param overrides {@code key.path=value}, applied over the text; list items by number from 0
   * @throws ConfigurationException with every problem found, unknown keys included
   */
  public static <T> T read(
      String file, String text, List<String> overrides, Function<Section, T> reader) {
    var problems = new ArrayList<Problem>();
    YamlNode.Mapping root = YamlReader.read(file, text, problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    Overrides.apply(root, overrides, problems);
    var section = new Section(file, "", root, problems);
    T result = reader.apply(section);
    section.noteUnknownKeys();
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return result;
  }

  public boolean has(String key) {
    known.add(key);
    return node.entries().containsKey(key);
  }

  /** Notes that {@code key} is missing where it is. */
  public void require(String key) {
    if (!has(key)) {
      problem(node.line(), "%s is missing".formatted(name(key)));
    }
  }

  /** True when the key is there and holds keys of its own. */
  public boolean holdsSection(String key) {
    known.add(key);
    return node.entries().get(key) instanceof YamlNode.Mapping;
  }

  /** The keys that are there, in their order. */
  public Set<String> keys() {
    return Collections.unmodifiableSet(node.entries().keySet());
  }

  /** Notes that {@code key}, which is there, must not be. */
  public void refuse(String key, String why) {
    known.add(key);
    problem(node.entries().get(key).line(), "%s %s".formatted(name(key), why));
  }

  public String text(String key, String fallback) {
    return scalar(key, "text", text -> Optional.of(text)).orElse(fallback);
  }

  /** A text that must be there; where it is not, a stand-in lets the rest be checked. */
  public String text(String key) {
    Optional<String> text =
        scalar(key, "text", value -> Optional.of(value).filter(t -> !t.isBlank()));
    if (text.isEmpty() && wrong.add(key)) {
      problem(node.line(), "%s is missing".formatted(name(key)));
    }
    return text.orElse(key);
  }

  public List<String> texts(String key, List<String> fallback) {
    known.add(key);
    return switch (wrong.contains(key) ? null : node.entries().get(key)) {
      case null -> fallback;
      case YamlNode.Scalar scalar -> List.of(scalar.text());
      case YamlNode.Sequence sequence
          when sequence.items().stream().allMatch(YamlNode.Scalar.class::isInstance) ->
          sequence.items().stream().map(item -> ((YamlNode.Scalar) item).text()).toList();
      case YamlNode other -> {
        problem(
            other.line(), "%s is %s, must be a list of texts".formatted(name(key), other.kind()));
        yield fallback;
      }
    };
  }

  /** A list of numbers; empty when absent. */
  public List<Double> numbers(String key) {
    List<String> texts = texts(key, List.of());
    List<Double> numbers = texts.stream().flatMap(text -> asDouble(text).stream()).toList();
    if (numbers.size() < texts.size() && wrong.add(key)) {
      problem(
          node.entries().get(key).line(),
          "%s is %s, must be a list of numbers".formatted(name(key), texts));
    }
    return wrong.contains(key) ? List.of() : numbers;
  }

  /** A section whose keys are for the user to choose, each with a text. */
  public Map<String, String> names(String key) {
    known.add(key);
    Map<String, String> names = new LinkedHashMap<>();
    YamlNode found = node.entries().get(key);
    if (found == null || wrong.contains(key)) {
      return names;
    }
    if (found instanceof YamlNode.Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (name, value) -> {
                if (value instanceof YamlNode.Scalar scalar) {
                  names.put(name, scalar.text());
                } else {
                  problem(
                      value.line(),
                      "%s.%s is %s, must be a text".formatted(name(key), name, value.kind()));
                }
              });
    } else {
      problem(found.line(), "%s is %s, must be a section".formatted(name(key), found.kind()));
    }
    return names;
  }

  /** All texts that are there besides those of these keys: what only their user knows. */
  public Map<String, String> rest(String... keys) {
    Set<String> apart = Set.of(keys);
    Map<String, String> rest = new LinkedHashMap<>();
    for (String key : node.entries().keySet()) {
      if (!apart.contains(key)) {
        rest.put(key, text(key, ""));
      }
    }
    return rest;
  }

  public int wholeNumber(String key, int fallback) {
    return Math.toIntExact(scalar(key, "a whole number", Section::asInt).orElse((long) fallback));
  }

  /** A whole number that may carry K, M, G (thousands) or KiB, MiB, GiB: 20M tokens, 256MiB. */
  public long size(String key, long fallback) {
    return scalar(key, "a whole number such as 1500, 20M or 256MiB", Section::asSize)
        .orElse(fallback);
  }

  public double number(String key, double fallback) {
    return scalar(key, "a number", Section::asDouble).orElse(fallback);
  }

  public boolean flag(String key, boolean fallback) {
    return scalar(
            key,
            "true or false",
            text ->
                switch (text) {
                  case "true" -> Optional.of(true);
                  case "false" -> Optional.of(false);
                  default -> Optional.empty();
                })
        .orElse(fallback);
  }

  /** One of a few names, in kebab-case: the values of an enum. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    List<E> values = List.of(type.getEnumConstants());
    String names = values.stream().map(Section::kebab).collect(Collectors.joining(", "));
    return scalar(
            key,
            "one of " + names,
            text -> values.stream().filter(value -> kebab(value).equals(text)).findFirst())
        .orElse(fallback);
  }

  /** The section under {@code key}; an empty one when it is absent, so that defaults apply. */
  public Section section(String key) {
    known.add(key);
    YamlNode.Mapping mapping =
        switch (node.entries().get(key)) {
          case null -> new YamlNode.Mapping(node.line());
          case YamlNode.Mapping found -> found;
          case YamlNode.Scalar scalar when scalar.text().isEmpty() ->
              new YamlNode.Mapping(scalar.line());
          case YamlNode other -> {
            problem(other.line(), "%s is %s, must be a section".formatted(name(key), other.kind()));
            yield new YamlNode.Mapping(other.line());
          }
        };
    return child(key, mapping);
  }

  /** The items of the list of sections under {@code key}. */
  public List<Section> sections(String key) {
    known.add(key);
    YamlNode found = node.entries().get(key);
    if (found == null) {
      return List.of();
    }
    var items = new ArrayList<Section>();
    if (found instanceof YamlNode.Sequence sequence) {
      for (YamlNode item : sequence.items()) {
        String itemKey = "%s.%d".formatted(key, items.size());
        if (item instanceof YamlNode.Mapping mapping) {
          items.add(child(itemKey, mapping));
        } else {
          problem(item.line(), "%s is %s, must be a section".formatted(name(itemKey), item.kind()));
        }
      }
    } else {
      problem(
          found.line(), "%s is %s, must be a list of sections".formatted(name(key), found.kind()));
    }
    return items;
  }

  /**
   * A record made of what was read. The record checks itself: what it refuses becomes a problem at
   * the line of the key that its message begins with. Then that value is left out and the rest is
   * tried again, so that all mistakes are told at once; what a refusal says of a value that was
   * wrong before is not another mistake.
   *
   * @return empty when the record refused
   */
  public <T> Optional<T> build(Supplier<T> constructor) {
    while (true) {
      try {
        return Optional.of(constructor.get());
      } catch (IllegalArgumentException refused) {
        String message = refused.getMessage();
        if (wrong.stream().anyMatch(message::contains) || !refusal(message)) {
          return Optional.empty();
        }
      }
    }
  }

  private Section child(String key, YamlNode.Mapping mapping) {
    var child = new Section(file, name(key), mapping, problems);
    children.add(child);
    return child;
  }

  /**
   * A record knows its own key names, not where in the file it is: puts both together.
   *
   * @return whether the rest can be tried without the value
   */
  private boolean refusal(String message) {
    int end = message.indexOf(' ');
    String key = message.substring(0, Math.max(0, end));
    String last = key.substring(key.lastIndexOf('.') + 1);
    YamlNode value = node.entries().get(last);
    if (known.contains(last)) {
      problem(value == null ? node.line() : value.line(), name(last) + message.substring(end));
      wrong.add(last);
      return true;
    }
    problem(node.line(), message);
    return false;
  }

  private <T> Optional<T> scalar(String key, String expected, Function<String, Optional<T>> parse) {
    known.add(key);
    YamlNode value = node.entries().get(key);
    if (value == null || wrong.contains(key)) {
      return Optional.empty();
    }
    Optional<T> parsed =
        value instanceof YamlNode.Scalar scalar ? parse.apply(scalar.text()) : Optional.empty();
    if (parsed.isEmpty()) {
      problem(value.line(), "%s is %s, must be %s".formatted(name(key), value.kind(), expected));
      wrong.add(key);
    }
    return parsed;
  }

  private void noteUnknownKeys() {
    node.entries()
        .forEach(
            (key, value) -> {
              if (!known.contains(key)) {
                problem(
                    value.line(),
                    "unknown key %s; %s"
                        .formatted(
                            name(key),
                            known.isEmpty()
                                ? "nothing is expected here"
                                : "known here: " + String.join(", ", known)));
              }
            });
    children.forEach(Section::noteUnknownKeys);
  }

  private void problem(int line, String message) {
    problems.add(new Problem(line == 0 ? Overrides.ORIGIN : file, line, message));
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String kebab(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<Long> asInt(String text) {
    return asLong(text).filter(value -> value == value.intValue());
  }

  private static Optional<Long> asLong(String text) {
    try {
      return Optional.of(Long.parseLong(text.replace("_", "")));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<Long> asSize(String text) {
    for (var unit : Unit.values()) {
      if (text.endsWith(unit.suffix)) {
        String digits = text.substring(0, text.length() - unit.suffix.length()).strip();
        return asDouble(digits)
            .map(value -> value * unit.factor)
            .filter(value -> value == Math.rint(value) && Math.abs(value) < 1L << 53)
            .map(Double::longValue);
      }
    }
    return asLong(text);
  }

  private static Optional<Double> asDouble(String text) {
    try {
      return Optional.of(Double.parseDouble(text.replace("_", ""))).filter(Double::isFinite);
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private enum Unit {
    KIBI("KiB", 1L << 10),
    MEBI("MiB", 1L << 20),
    GIBI("GiB", 1L << 30),
    KILO("K", 1_000),
    MEGA("M", 1_000_000),
    GIGA("G", 1_000_000_000);

    private final String suffix;
    private final long factor;

    Unit(String suffix, long factor) {
      this.suffix = suffix;
      this.factor = factor;
    }
  }
}
