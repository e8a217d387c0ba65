package io.gristmill.jobs.report.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What {@code ledger.json} says: records in = kept + rejected by reason + failed by reason, bytes
 * read = parsed + skipped.
 *
 * @param in records found in the sources
 * @param rejected records by reason
 * @param failed records by reason
 * @param flows the same by stage, language and domain, in the order of the file
 * @param redactions replaced personal data in the kept documents, by kind
 * @param clusters how many clusters of near-duplicates there are of each size; size 1 is a document
 *     of its own
 */
public record Funnel(
    long in,
    long kept,
    SortedMap<String, Long> rejected,
    SortedMap<String, Long> failed,
    List<Flow> flows,
    Bytes bytes,
    SortedMap<Integer, Long> clusters,
    SortedMap<String, Long> redactions) {
  public Funnel {
    redactions = new TreeMap<>(redactions);
    rejected = new TreeMap<>(rejected);
    failed = new TreeMap<>(failed);
    flows = List.copyOf(flows);
    clusters = new TreeMap<>(clusters);
  }

  /** What went through a stage in one language and domain. */
  public record Flow(
      String stage,
      String language,
      String domain,
      long in,
      long kept,
      SortedMap<String, Long> rejected,
      SortedMap<String, Long> failed) {
    public Flow {
      rejected = new TreeMap<>(rejected);
      failed = new TreeMap<>(failed);
    }
  }

  /** The account of the sources' bytes. */
  public record Bytes(long read, long parsed, long skipped, List<SkippedRange> ranges) {
    public Bytes {
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * Bytes in which nothing could be read.
   *
   * @param source the file
   * @param from the first byte
   */
  public record SkippedRange(String source, long from, long bytes, String reason) {}

  /** No ledger. */
  public static Funnel none() {
    var nothing = new TreeMap<String, Long>();
    return new Funnel(
        0, 0, nothing, nothing, List.of(), new Bytes(0, 0, 0, List.of()), new TreeMap<>(), nothing);
  }

  public boolean isEmpty() {
    return in == 0 && kept == 0;
  }

  /** Reads {@code ledger.json}. */
  static Funnel read(Path ledger, Configuration hadoop, List<String> notes) throws IOException {
    JsonNode root = JsonFile.read(ledger, hadoop, notes);
    JsonNode records = root.path("records");
    var flows = new ArrayList<Flow>();
    for (JsonNode stage : root.path("stages")) {
      flows.add(
          new Flow(
              JsonFile.word(stage, "stage"),
              JsonFile.word(stage, "language"),
              JsonFile.word(stage, "domain"),
              JsonFile.count(stage, "in"),
              JsonFile.count(stage, "kept"),
              JsonFile.counts(stage.path("rejected")),
              JsonFile.counts(stage.path("failed"))));
    }
    return new Funnel(
        JsonFile.count(records, "in"),
        JsonFile.count(records, "kept"),
        JsonFile.counts(records.path("rejected")),
        JsonFile.counts(records.path("failed")),
        flows,
        bytes(root.path("bytes")),
        clusters(root.path("clusters")),
        JsonFile.counts(root.path("redactions")));
  }

  private static Bytes bytes(JsonNode node) {
    var ranges = new ArrayList<SkippedRange>();
    for (JsonNode range : node.path("skipped_ranges")) {
      long from = JsonFile.count(range, "from");
      String file = JsonFile.word(range, "file");
      ranges.add(
          new SkippedRange(
              file.isEmpty() ? JsonFile.word(range, "source") : file,
              from,
              range.has("bytes")
                  ? JsonFile.count(range, "bytes")
                  : JsonFile.count(range, "to") - from,
              JsonFile.word(range, "reason")));
    }
    return new Bytes(
        JsonFile.count(node, "read"),
        JsonFile.count(node, "parsed"),
        JsonFile.count(node, "skipped"),
        ranges);
  }

  private static SortedMap<Integer, Long> clusters(JsonNode node) {
    var clusters = new TreeMap<Integer, Long>();
    JsonFile.counts(node)
        .forEach(
            (size, count) -> {
              if (size.matches("[0-9]{1,9}")) {
                clusters.put(Integer.valueOf(size), count);
              }
            });
    return clusters;
  }
}
