package io.gristmill.curation.ledger;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The account of a curation.
 *
 * @param in records that were read
 * @param kept documents
 * @param rejected records by reason
 * @param failed records by reason
 * @param bytes of the source files
 * @param flows by stage, language and domain, stages in their order
 * @param clusters number of duplicate clusters by their size; size 1 is a document of its own
 * @param redactions replaced personal data in the kept documents, by kind
 * @param removed characters that kept documents lost because they stand elsewhere, by reason
 */
public record Ledger(
    long in,
    long kept,
    SortedMap<String, Long> rejected,
    SortedMap<String, Long> failed,
    Bytes bytes,
    List<Flow> flows,
    SortedMap<Integer, Long> clusters,
    SortedMap<String, Long> redactions,
    SortedMap<String, Long> removed) {
  public Ledger {
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
    flows = List.copyOf(flows);
    clusters = Collections.unmodifiableSortedMap(new TreeMap<>(clusters));
    redactions = Collections.unmodifiableSortedMap(new TreeMap<>(redactions));
    removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
  }

  /**
   * This ledger, if it balances.
   *
   * @throws IllegalStateException if records or bytes are missing or counted twice
   */
  public Ledger balanced() {
    long out = kept + total(rejected) + total(failed);
    require(
        in == out,
        "%d records were read, but documents/ holds %d: %d kept, %d rejected, %d failed"
            .formatted(in, out, kept, total(rejected), total(failed)));
    require(
        bytes.read() == bytes.parsed() + bytes.skipped(),
        "%d bytes were read, but %d parsed and %d skipped"
            .formatted(bytes.read(), bytes.parsed(), bytes.skipped()));
    long clustered = clusters.entrySet().stream().mapToLong(e -> e.getKey() * e.getValue()).sum();
    require(
        clustered >= kept,
        "%d documents were kept, but the clusters hold %d".formatted(kept, clustered));
    return this;
  }

  /** The account in one line. */
  public String summary() {
    return "%,d records: %,d kept, %,d rejected, %,d failed; %,d bytes read, %,d of them in damaged ranges"
        .formatted(in, kept, total(rejected), total(failed), bytes.read(), bytes.skipped());
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(
          "the ledger does not balance: %s. The output is not to be trusted; run the stage again"
              .formatted(otherwise));
    }
  }
}
