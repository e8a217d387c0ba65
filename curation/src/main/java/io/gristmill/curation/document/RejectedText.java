package io.gristmill.curation.document;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Of which rejected documents the text is stored; the rest of the row always is. */
public enum RejectedText {
  ALL,
  /** One document in a hundred, chosen by its id. */
  SAMPLE,
  NONE;

  private static final int SAMPLED = 100;

  /**
   * By its name in lower case.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static RejectedText named(String name) {
    return Arrays.stream(values())
        .filter(value -> value.key().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "rejected-text is %s, must be one of %s; sample is usual"
                        .formatted(name, String.join(", ", names()))));
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(RejectedText::key).toList();
  }

  /** Whether the text of this rejected document is stored. */
  public boolean keeps(String id) {
    return switch (this) {
      case ALL -> true;
      case SAMPLE -> Long.remainderUnsigned(Long.parseUnsignedLong(id, 0, 16, 16), SAMPLED) == 0;
      case NONE -> false;
    };
  }

  private String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
