package io.gristmill.curation.privacy;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is replaced.
 *
 * @param kinds keys of {@link Kind}
 * @param patterns of the user
 */
public record RedactionConfig(List<String> kinds, List<UserPattern> patterns)
    implements Serializable {
  public RedactionConfig {
    kinds = List.copyOf(kinds);
    patterns = List.copyOf(patterns);
    for (String kind : kinds) {
      if (Kind.named(kind).isEmpty()) {
        throw new IllegalArgumentException(
            "kinds is %s, must be of %s; leave it out for all of them"
                .formatted(kind, String.join(", ", Kind.keys())));
      }
    }
    Set<String> names = new HashSet<>();
    for (UserPattern pattern : patterns) {
      if (!names.add(pattern.name())) {
        throw new IllegalArgumentException(
            "patterns has the name %s twice; each is counted by its own".formatted(pattern.name()));
      }
    }
  }

  /** Every kind, no pattern. */
  public static RedactionConfig all() {
    return new RedactionConfig(Kind.keys(), List.of());
  }

  /** Text stays as it is. */
  public static RedactionConfig none() {
    return new RedactionConfig(List.of(), List.of());
  }
}
