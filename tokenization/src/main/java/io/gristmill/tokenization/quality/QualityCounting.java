package io.gristmill.tokenization.quality;

import static org.apache.spark.sql.functions.col;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.shard.DocumentColumns;
import io.gristmill.tokenization.shard.Holdout;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Counts texts and their tokens on a Spark cluster. Each task keeps a tally per group, 8 bytes for
 * each token of each tokenizer; the tallies are added up in one shuffle. The sums do not depend on
 * how the documents are partitioned.
 */
public final class QualityCounting {
  private QualityCounting() {}

  /**
   * Counts the sampled documents by split, language and domain.
   *
   * @param documents the kept documents, columns of {@link DocumentColumns}
   * @param tokenizers whose counts the tallies hold, in this order
   */
  public static SortedMap<Group, Tally> count(
      Dataset<Row> documents, List<Tokenizer> tokenizers, Holdout holdout, Sample sample) {
    Broadcast<List<Tokenizer>> shared =
        JavaSparkContext.fromSparkContext(documents.sparkSession().sparkContext())
            .broadcast(tokenizers);
    PairFlatMapFunction<Iterator<Row>, Group, Tally> count =
        rows -> tallies(rows, shared.value(), holdout, sample);
    Map<Group, Tally> counted =
        documents
            .select(
                col(DocumentColumns.ID),
                col(DocumentColumns.CLUSTER_ID),
                col(DocumentColumns.LANGUAGE),
                col(DocumentColumns.DOMAIN),
                col(DocumentColumns.TEXT))
            .javaRDD()
            .mapPartitionsToPair(count)
            .reduceByKey(Tally::add)
            .collectAsMap();
    return new TreeMap<>(counted);
  }

  private static Iterator<Tuple2<Group, Tally>> tallies(
      Iterator<Row> rows, List<Tokenizer> tokenizers, Holdout holdout, Sample sample) {
    var meter = new TextMeter(tokenizers);
    var tallies = new HashMap<Group, Tally>();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (sample.takes(row.getString(0))) {
        var group = new Group(holdout.holds(row.getString(1)), row.getString(2), row.getString(3));
        meter.measure(row.getString(4), tallies.computeIfAbsent(group, key -> meter.tally()));
      }
    }
    return tallies.entrySet().stream()
        .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
        .iterator();
  }
}
