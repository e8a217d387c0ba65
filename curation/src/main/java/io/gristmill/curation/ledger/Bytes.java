package io.gristmill.curation.ledger;

import java.util.List;

/**
 * The bytes of the source files.
 *
 * @param files how many there are
 * @param read their length, less what was not selected
 * @param parsed bytes in which records were found, or which frame them
 * @param skipped bytes of damaged ranges
 * @param notSelected bytes of records that an index does not ask for
 * @param ranges the first of these, by file and place
 */
public record Bytes(
    long files, long read, long parsed, long skipped, long notSelected, List<Range> ranges) {
  public Bytes {
    ranges = List.copyOf(ranges);
  }

  /** Bytes {@code [from, to)} of a file in which nothing could be read. */
  public record Range(String file, long from, long to, String reason) {}
}
