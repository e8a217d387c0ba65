package io.gristmill.tokenization.shard;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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

  private DocumentColumns() {}

  /** All the columns. */
  public static List<String> all() {
    return List.of(ID, CLUSTER_ID, DOMAIN, LANGUAGE, TEXT, TEXT_BYTES);
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
    return documents.select(
        col(ID),
        col(CLUSTER_ID),
        col(DOMAIN),
        col(LANGUAGE),
        col(TEXT).cast(DataTypes.BinaryType).as(TEXT),
        col(TEXT_BYTES));
  }
}
