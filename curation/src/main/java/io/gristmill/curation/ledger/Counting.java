package io.gristmill.curation.ledger;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.document.ParquetFiles;
import io.gristmill.curation.document.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** Counts a ledger from the files of a finished curation. */
public final class Counting {
  private static final int LISTED_RANGES = 1000;

  private Counting() {}

  /**
   * Records by stage, language, domain, host, outcome and reason, with the bytes of their texts:
   * the rows of ledger/.
   *
   * @param documents as they were written
   */
  public static Dataset<Row> counts(Dataset<Row> documents) {
    UDF1<String, String> host = url -> url == null ? "" : Host.of(url);
    return documents
        .select(
            coalesce(col("stage"), lit("")).as("stage"),
            col("language"),
            col("domain"),
            udf(host, DataTypes.StringType).apply(col("url")).as("host"),
            col("outcome"),
            coalesce(col("reason"), lit("")).as("reason"),
            col("text_bytes"))
        .groupBy("stage", "language", "domain", "host", "outcome", "reason")
        .agg(count(lit(1)).as("records"), sum("text_bytes").as("text_bytes"));
  }

  /** Writes ledger/: one file, in the order of its columns. */
  public static void write(Dataset<Row> counts, Path folder) {
    ParquetFiles.write(
        counts
            .repartition(1)
            .sortWithinPartitions("stage", "language", "domain", "host", "outcome", "reason"),
        folder);
  }

  /**
   * The ledger.
   *
   * @param read number of records that were read, counted where they were read
   * @param sourceFiles the account of each file, columns {@code source, read, parsed, skipped,
   *     not_selected, ranges}
   * @param documents as they were written
   * @param counts ledger/ as it was written
   * @param stages those that the run had, in order
   */
  public static Ledger ledger(
      long read,
      Dataset<Row> sourceFiles,
      Dataset<Row> documents,
      Path counts,
      List<Stage> stages) {
    SparkSession session = documents.sparkSession();
    List<Count> rows =
        session
            .read()
            .option("pathGlobFilter", "*.parquet") // the JSON of an earlier run may lie beside
            .parquet(counts.toString())
            .groupBy("stage", "language", "domain", "outcome", "reason")
            .agg(sum("records"))
            .collectAsList()
            .stream()
            .map(Count::of)
            .toList();
    return new Ledger(
        read,
        total(rows, Outcome.KEPT),
        byReason(rows, Outcome.REJECTED),
        byReason(rows, Outcome.FAILED),
        bytes(sourceFiles),
        flows(rows, stages),
        clusters(documents),
        sums(documents, "redactions"),
        sums(documents, "removed"));
  }

  private static List<Flow> flows(List<Count> rows, List<Stage> stages) {
    SortedMap<String, List<Count>> groups = new TreeMap<>();
    rows.forEach(
        row ->
            groups
                .computeIfAbsent(row.language() + '\0' + row.domain(), key -> new ArrayList<>())
                .add(row));
    List<Flow> flows = new ArrayList<>();
    for (Stage stage : stages) {
      for (List<Count> group : groups.values()) {
        List<Count> arrived = group.stream().filter(row -> row.arrivesAt(stage)).toList();
        if (!arrived.isEmpty()) {
          List<Count> left = arrived.stream().filter(row -> row.leavesAt(stage)).toList();
          long in = total(arrived);
          flows.add(
              new Flow(
                  stage.key(),
                  group.getFirst().language(),
                  group.getFirst().domain(),
                  in,
                  in - total(left),
                  byReason(left, Outcome.REJECTED),
                  byReason(left, Outcome.FAILED)));
        }
      }
    }
    return flows;
  }

  private static Bytes bytes(Dataset<Row> sourceFiles) {
    Row sums =
        sourceFiles
            .agg(
                count(lit(1)),
                coalesce(sum("read"), lit(0L)),
                coalesce(sum("parsed"), lit(0L)),
                coalesce(sum("skipped"), lit(0L)),
                coalesce(sum("not_selected"), lit(0L)))
            .first();
    List<Bytes.Range> ranges =
        sourceFiles
            .select(col("source"), explode(col("ranges")).as("range"))
            .select(col("source"), col("range.from"), col("range.to"), col("range.reason"))
            .orderBy("source", "from", "to")
            .limit(LISTED_RANGES)
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Bytes.Range(
                        row.getString(0), row.getLong(1), row.getLong(2), row.getString(3)))
            .toList();
    return new Bytes(
        sums.getLong(0),
        sums.getLong(1),
        sums.getLong(2),
        sums.getLong(3),
        sums.getLong(4),
        ranges);
  }

  /** Of a cluster that an earlier crawl shares, some members only are among the documents. */
  private static SortedMap<Integer, Long> clusters(Dataset<Row> documents) {
    SortedMap<Integer, Long> clusters = new TreeMap<>();
    Column shared = when(col("cluster_size").gt(1), col("cluster_id"));
    documents
        .where(col("cluster_size").isNotNull())
        .groupBy("cluster_size")
        .agg(count(lit(1)), count_distinct(shared))
        .collectAsList()
        .forEach(row -> clusters.put(row.getInt(0), row.getLong(row.getInt(0) == 1 ? 1 : 2)));
    return clusters;
  }

  /** The counts of a column of maps, summed over the kept documents. */
  private static SortedMap<String, Long> sums(Dataset<Row> documents, String column) {
    SortedMap<String, Long> sums = new TreeMap<>();
    documents
        .where(col("outcome").equalTo(Outcome.KEPT.key()))
        .select(explode(col(column)))
        .groupBy("key")
        .agg(sum(col("value").cast("long")))
        .collectAsList()
        .forEach(row -> sums.put(row.getString(0), row.getLong(1)));
    return sums;
  }

  private static long total(List<Count> rows) {
    return rows.stream().mapToLong(Count::records).sum();
  }

  private static long total(List<Count> rows, Outcome outcome) {
    return rows.stream().filter(row -> row.is(outcome)).mapToLong(Count::records).sum();
  }

  private static SortedMap<String, Long> byReason(List<Count> rows, Outcome outcome) {
    SortedMap<String, Long> counts = new TreeMap<>();
    rows.stream()
        .filter(row -> row.is(outcome))
        .forEach(row -> counts.merge(row.reason(), row.records(), Long::sum));
    return counts;
  }

  /** Records of one language and domain that left at a stage, empty for those that were kept. */
  private record Count(
      String stage, String language, String domain, String outcome, String reason, long records) {
    static Count of(Row row) {
      return new Count(
          row.getString(0),
          row.getString(1),
          row.getString(2),
          row.getString(3),
          row.getString(4),
          row.getLong(5));
    }

    boolean is(Outcome of) {
      return outcome.equals(of.key());
    }

    boolean leavesAt(Stage at) {
      return stage.equals(at.key());
    }

    boolean arrivesAt(Stage at) {
      for (Stage before : Stage.values()) {
        if (before == at) {
          return true;
        }
        if (leavesAt(before)) {
          return false;
        }
      }
      return true;
    }
  }
}
