package io.gristmill.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.source.Asked;
import io.gristmill.curation.source.SourceFile;
import io.gristmill.curation.source.Split;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What judging all sources will give, as far as a sample of their bytes tells. Duplicates and
 * contamination are not predicted: a sample holds few of the copies of its documents.
 *
 * @param bytes of all sources, or of them what indexes ask for
 * @param sampled how many of these stand in the sample
 * @param parts how many parts of files the sample has
 * @param records that all sources hold
 * @param kept documents that the filters keep
 * @param keptBytes text of these, in UTF-8
 * @param rates share of the records by {@code kept}, {@code rejected: <reason>} and {@code failed:
 *     <reason>}
 */
public record Prediction(
    long bytes,
    long sampled,
    int parts,
    Ratio records,
    Ratio kept,
    Ratio keptBytes,
    SortedMap<String, Ratio> rates) {
  private static final String KEPT = Outcome.KEPT.key();

  /**
   * Predicts from what {@link Curation#sample} wrote.
   *
   * @throws IllegalArgumentException if no byte of the sources is in the sample
   */
  public static Prediction of(
      SparkSession session,
      Path judged,
      List<SourceFile> files,
      CurationConfig config,
      double share) {
    Map<String, Double> shares = new HashMap<>();
    Asked asked = Asked.of(files, session.sparkContext().hadoopConfiguration());
    for (SourceFile file : files) {
      for (Split split : Split.sample(file, share, asked)) {
        shares.put(file.relative(), split.share());
      }
    }
    List<Part> parts = new ArrayList<>(parts(session, judged, config, shares));
    double sampled = parts.stream().mapToDouble(part -> part.bytes).sum();
    if (sampled == 0) {
      throw new IllegalArgumentException(
          "no part of the sources is in a sample of %s; take a larger one".formatted(share));
    }
    long bytes = files.stream().mapToLong(asked::bytes).sum();
    double fraction = Math.min(1, sampled / bytes);
    double[] ofBytes = each(parts, part -> part.bytes);
    double[] ofRecords = each(parts, Part::all);
    SortedMap<String, Ratio> rates = new TreeMap<>();
    for (Part part : parts) {
      for (String label : part.records.keySet()) {
        rates.computeIfAbsent(
            label, key -> Ratio.of(each(parts, one -> one.count(key)), ofRecords, fraction));
      }
    }
    return new Prediction(
        bytes,
        Math.round(sampled),
        parts.size(),
        Ratio.of(ofRecords, ofBytes, fraction).times((double) bytes),
        Ratio.of(each(parts, part -> part.count(KEPT)), ofBytes, fraction).times((double) bytes),
        Ratio.of(each(parts, part -> part.keptBytes), ofBytes, fraction).times((double) bytes),
        rates);
  }

  private static Collection<Part> parts(
      SparkSession session, Path judged, CurationConfig config, Map<String, Double> shares) {
    Profile profile = Curation.profile(config, session.sparkContext().hadoopConfiguration());
    Map<String, Part> parts = new TreeMap<>();
    List<Row> rows =
        Judged.byPart(session, judged, profile)
            .groupBy(
                col("file"),
                col("part"),
                col("outcome"),
                coalesce(col("reason"), lit("")).as("reason"),
                col("source_file.read").as("read"),
                when(col("source_file").isNotNull(), col("source")).as("source"))
            .agg(count(lit(1)).as("records"), sum("text_bytes").as("text_bytes"))
            .collectAsList();
    for (Row row : rows) {
      Part part =
          parts.computeIfAbsent(
              "%d %d".formatted(row.getInt(0), row.getLong(1)), key -> new Part());
      String outcome = row.getString(2);
      if (outcome.equals(Outcome.READ.key())) {
        part.bytes = row.getLong(4) * shares.get(row.getString(5));
      } else {
        String reason = row.getString(3);
        part.records.merge(
            outcome.equals(KEPT) ? KEPT : "%s: %s".formatted(outcome, reason),
            row.getLong(6),
            Long::sum);
        part.keptBytes += outcome.equals(KEPT) ? row.getLong(7) : 0;
      }
    }
    return parts.values();
  }

  private static double[] each(List<Part> parts, ToDoubleFunction<Part> value) {
    return parts.stream().mapToDouble(value).toArray();
  }

  /** What one part of a file holds. */
  private static final class Part {
    private final Map<String, Long> records = new HashMap<>();
    private double bytes;
    private double keptBytes;

    private double all() {
      return records.values().stream().mapToLong(Long::longValue).sum();
    }

    private double count(String label) {
      return records.getOrDefault(label, 0L);
    }
  }
}
