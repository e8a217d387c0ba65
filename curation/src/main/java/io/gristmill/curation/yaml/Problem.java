package io.gristmill.curation.yaml;

/** One mistake in a configuration: where it is and how to mend it. Line 0 means the whole file. */
public record Problem(String file, int line, String message) implements Comparable<Problem> {
  @Override
  public int compareTo(Problem other) {
    return Integer.compare(line, other.line);
  }

  @Override
  public String toString() {
    return line == 0
        ? "%s: %s".formatted(file, message)
        : "%s:%d: %s".formatted(file, line, message);
  }
}
