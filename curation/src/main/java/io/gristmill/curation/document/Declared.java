package io.gristmill.curation.document;

import java.time.Instant;
import java.util.Optional;

/**
 * What a document says about itself, kept for rules and for people. Absent strings are empty.
 *
 * @param canonicalUrl the address that the page wants to be known by
 * @param published when it says it was published
 * @param language what it says it is written in, such as {@code zh-CN}; not what it is
 * @param charset what it was decoded from; not declared but found
 * @param robots directives for robots, such as {@code noai, noindex}
 * @param licence address or text of the licence that it names
 */
public record Declared(
    String canonicalUrl,
    Optional<Instant> published,
    String language,
    String charset,
    String robots,
    String licence) {
  /** Of a record that says nothing. */
  public static Declared nothing() {
    return new Declared("", Optional.empty(), "", "", "", "");
  }
}
