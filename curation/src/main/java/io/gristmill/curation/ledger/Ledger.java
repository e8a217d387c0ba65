package io.gristmill.curation.ledger;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
  private static final int CHIEF_REASONS = 5;

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
            .formatted(in, kept, total(rejected), total(failed), bytes.read(), bytes.skipped())
        + (bytes.notSelected() == 0
            ? ""
            : "; %,d bytes not selected".formatted(bytes.notSelected()));
  }

  /** What to say of a run that kept nothing: the chief reasons and what to look at. */
  public Optional<String> warning() {
    if (kept > 0) {
      return Optional.empty();
    }
    if (in == 0) {
      return Optional.of(
          "there is not one record in the input files; check the paths and the format of the sources");
    }
    Map<String, Long> reasons = new HashMap<>(rejected);
    failed.forEach((reason, records) -> reasons.merge(reason, records, Long::sum));
    String chief =
        reasons.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(CHIEF_REASONS)
            .map(reason -> "%,d %s".formatted(reason.getValue(), reason.getKey()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        "nothing was kept of %,d records: %s; choose another profile, more languages or another format of the source (docs/curation-filters.md has the rules)"
            .formatted(in, chief));
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
