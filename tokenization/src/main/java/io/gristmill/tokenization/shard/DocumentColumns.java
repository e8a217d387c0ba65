package io.gristmill.tokenization.shard;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/**
 * The columns of documents/ that tokenization reads. All of them have a value in every kept
 * document; the last is a long, the others are strings.
 */
public final class DocumentColumns {
  public static final String ID = "id";
  public static final String CLUSTER_ID = "cluster_id";
  public static final String DOMAIN = "domain";
  public static final String LANGUAGE = "language";
  public static final String TEXT = "text";

  /** UTF-8 bytes of the text, about: it alone decides how many files a group of shards gets. */
  public static final String TEXT_BYTES = "text_bytes";

  /** Documents of the cluster of near-duplicates, an int; read where rehydration is asked for. */
  public static final String CLUSTER_SIZE = "cluster_size";

  private DocumentColumns() {}

  /** All the columns. */
  public static List<String> all() {
    return List.of(ID, CLUSTER_ID, DOMAIN, LANGUAGE, TEXT, TEXT_BYTES);
  }

  /**
   * The columns of {@link #select(Dataset)} and last, as an int, how often the shards shall hold
   * the document: held-out ones once.
   *
   * @throws IllegalArgumentException naming the columns that are missing
   */
  static Dataset<Row> select(Dataset<Row> documents, ShardConfig config) {
    Dataset<Row> selected = select(documents);
    if (config.rehydration().everyOnce()) {
      return selected.withColumn("times", lit(1));
    }
    if (!Arrays.asList(documents.columns()).contains(CLUSTER_SIZE)) {
      throw new IllegalArgumentException(
          "documents lack the column %s, which shards.rehydration goes by; curate again, or leave it out"
              .formatted(CLUSTER_SIZE));
    }
    Holdout holdout = config.holdout();
    Rehydration rehydration = config.rehydration();
    UDF2<String, Integer, Integer> times =
        (clusterId, size) -> holdout.holds(clusterId) ? 1 : rehydration.times(size);
    Column column = udf(times, DataTypes.IntegerType).apply(col(CLUSTER_ID), col(CLUSTER_SIZE));
    return documents.select(columns(column.as("times")));
  }

  /**
   * These columns alone and in this order, the text as its UTF-8 bytes.
   *
   * @throws IllegalArgumentException naming the columns that are missing
   */
  public static Dataset<Row> select(Dataset<Row> documents) {
    List<String> there = Arrays.asList(documents.columns());
    List<String> missing = all().stream().filter(name -> !there.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "documents lack the columns %s; they have %s".formatted(missing, there));
    }
    return documents.select(columns());
  }

  private static Column[] columns(Column... more) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                col(ID),
                col(CLUSTER_ID),
                col(DOMAIN),
                col(LANGUAGE),
                col(TEXT).cast(DataTypes.BinaryType).as(TEXT),
                col(TEXT_BYTES)));
    columns.addAll(List.of(more));
    return columns.toArray(Column[]::new);
  }
}
