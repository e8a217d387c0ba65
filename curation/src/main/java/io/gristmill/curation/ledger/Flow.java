package io.gristmill.curation.ledger;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What went through a stage in one language and domain: in = kept + rejected + failed, and what a
 * stage keeps goes into the next.
 *
 * @param language as it was found; {@code und} for what could not be read
 * @param rejected records by reason
 * @param failed records by reason
 */
public record Flow(
    String stage,
    String language,
    String domain,
    long in,
    long kept,
    SortedMap<String, Long> rejected,
    SortedMap<String, Long> failed) {
  public Flow {
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
  }
}
