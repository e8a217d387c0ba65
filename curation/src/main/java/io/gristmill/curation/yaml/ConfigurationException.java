package io.gristmill.curation.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used; the message lists all of its problems in file order. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(List<Problem> problems) {
    super(
        problems.stream()
            .sorted()
            .map(Problem::toString)
            .distinct()
            .collect(Collectors.joining(System.lineSeparator())));
  }
}
