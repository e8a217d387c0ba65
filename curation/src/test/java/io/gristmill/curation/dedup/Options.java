package io.gristmill.curation.dedup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Arguments of a benchmark: words, and options that have a value each. */
record Options(List<String> words, Map<String, String> values) {
  static Options of(List<String> arguments, List<String> names) {
    List<String> words = new ArrayList<>();
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        words.add(argument);
      } else if (names.contains(argument) && i + 1 < arguments.size()) {
        values.put(argument, arguments.get(++i));
      } else {
        throw new IllegalArgumentException(
            "option %s is unknown or has no value; there are %s".formatted(argument, names));
      }
    }
    return new Options(words, values);
  }

  /** A word that must be there. */
  String word(int index, String what) {
    if (index >= words.size()) {
      throw new IllegalArgumentException("missing: " + what);
    }
    return words.get(index);
  }

  String text(String name, String absent) {
    return values.getOrDefault(name, absent);
  }

  double number(String name, double absent) {
    return values.containsKey(name) ? Double.parseDouble(values.get(name)) : absent;
  }

  /** Bytes of {@code 400M} or {@code 4G}, decimal. */
  static long bytes(String size) {
    long unit =
        switch (size.charAt(size.length() - 1)) {
          case 'K' -> 1_000L;
          case 'M' -> 1_000_000L;
          case 'G' -> 1_000_000_000L;
          default ->
              throw new IllegalArgumentException(
                  "size is %s, must be a number and K, M or G; 400M is usual".formatted(size));
        };
    return (long) (Double.parseDouble(size.substring(0, size.length() - 1)) * unit);
  }
}
