package io.gristmill.curation.privacy;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A text without its personal data.
 *
 * @param text the text with a token in place of each find
 * @param counts how many were replaced, by kind ({@code email}, {@code ipv4}, …), in the order of
 *     the kinds' names; kinds that were not found are absent
 */
public record Redacted(String text, Map<String, Integer> counts) {
  public Redacted {
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }
}
