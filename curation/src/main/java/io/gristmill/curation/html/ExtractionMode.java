package io.gristmill.curation.html;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is taken from an HTML page. */
public enum ExtractionMode {
  /** The main content, without navigation and other boilerplate. */
  ARTICLE,
  /**
   * The prose of API documentation: descriptions, parameters, results, exceptions; no signatures.
   */
  REFERENCE_DOCS,
  /** All visible text. */
  FULL_TEXT;

  /** As written in a configuration: {@code article}, {@code reference-docs}, {@code full-text}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All modes as written in a configuration. */
  public static List<String> names() {
    return Arrays.stream(values()).map(ExtractionMode::toString).toList();
  }

  /** The mode of a name that {@link #names} lists. */
  public static ExtractionMode named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
