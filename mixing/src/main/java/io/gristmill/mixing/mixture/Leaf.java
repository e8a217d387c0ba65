package io.gristmill.mixing.mixture;

import java.util.ArrayList;
import java.util.List;

/**
 * A line without parts, together with the lines that it is a part of: what becomes a component.
 *
 * @param path from the line of {@code mixture.weights} down to the line itself
 */
record Leaf(List<Weight> path) {
  Leaf {
    path = List.copyOf(path);
  }

  /** The components of all lines, in order. */
  static List<Leaf> of(List<Weight> lines) {
    return lines.stream().flatMap(line -> of(line).stream()).toList();
  }

  static List<Leaf> of(Weight line) {
    if (line.parts().isEmpty()) {
      return List.of(new Leaf(List.of(line)));
    }
    return of(line.parts()).stream()
        .map(
            part -> {
              List<Weight> path = new ArrayList<>(List.of(line));
              path.addAll(part.path);
              return new Leaf(path);
            })
        .toList();
  }

  /** A part takes what fits it and all that it is a part of. */
  boolean takes(String domain, String language) {
    return path.stream().allMatch(line -> line.takes(domain, language));
  }

  /** The domain of the innermost line that says one. */
  String domain() {
    return innermost(path.stream().map(Weight::domain).toList());
  }

  /** The language of the innermost line that says one. */
  String language() {
    return innermost(path.stream().map(Weight::language).toList());
  }

  /** {@code domain/language}, for people. */
  String label() {
    return domain() + "/" + language();
  }

  /** The cap of the innermost line that says one. */
  double maxEpochs(double otherwise) {
    return path.reversed().stream()
        .mapToDouble(Weight::maxEpochs)
        .filter(epochs -> epochs != 0)
        .findFirst()
        .orElse(otherwise);
  }

  private static String innermost(List<String> patterns) {
    return patterns.reversed().stream()
        .filter(pattern -> !pattern.equals("*"))
        .findFirst()
        .orElse("*");
  }
}
