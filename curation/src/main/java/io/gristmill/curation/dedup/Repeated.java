package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;

import io.gristmill.curation.document.Rows;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Documents that go before any text is compared: their id or their address is another's too. */
final class Repeated {
  private Repeated() {}

  /** Documents whose id another one has that is before them in survivor order. */
  static Dataset<Row> ids(Dataset<Row> signatures) {
    return repeated(signatures, Duplicate.DUPLICATE_ID, col("node.id_high"), col("node.id_low"));
  }

  /** Documents whose address another one has that is before them in survivor order. */
  static Dataset<Row> urls(Dataset<Row> signatures) {
    return repeated(
        signatures.where(col("url").isNotNull().and(col("url").notEqual(""))),
        Duplicate.URL_DUPLICATE,
        col("url"));
  }

  /**
   * @return of {@link Duplicate#SCHEMA}, documents that go
   */
  private static Dataset<Row> repeated(Dataset<Row> signatures, String reason, Column... key) {
    Column survivor = first("node").over(Window.partitionBy(key).orderBy(Node.order("node")));
    MapPartitionsFunction<Row, Row> toRows = rows -> Rows.map(rows, row -> toRow(row, reason));
    return signatures
        .select(col("node"), survivor.as("survivor"))
        .where(col("node.at").notEqual(col("survivor.at")))
        .where(col("node.rank").geq(0))
        .mapPartitions(toRows, Encoders.row(Duplicate.SCHEMA));
  }

  private static Row toRow(Row row, String reason) {
    Node node = Node.fromRow(row.getStruct(0));
    Node survivor = Node.fromRow(row.getStruct(1));
    return new Duplicate(
            node.id(),
            node.file(),
            node.row(),
            Optional.of(new Duplicate.Survivor(reason, survivor.id(), Double.NaN)),
            survivor.id(),
            1)
        .toRow();
  }
}
