package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gristmill.curation.document.Rows;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What stands for a document while duplicates are looked for: its node, its {@link Keys}, eight
 * bytes each, and where addresses count, its {@link UrlKey}.
 */
final class Signatures {
  static final StructType SCHEMA =
      new StructType()
          .add("node", Node.SCHEMA, false)
          .add("keys", DataTypes.BinaryType, false)
          .add("url", DataTypes.StringType);

  private Signatures() {}

  /**
   * One signature a document.
   *
   * @param documents as {@link Duplicates} takes them
   * @param urls whether addresses count
   */
  static Dataset<Row> signatures(Dataset<Row> documents, MinHashConfig config, boolean urls) {
    List<Column> columns = new ArrayList<>(List.of(StoredDocument.columns()));
    int url = columns.size();
    columns.add(urls ? col("url") : lit(null).cast("string").as("url"));
    MapPartitionsFunction<Row, Row> sign =
        rows -> {
          var keys = new Keys(config);
          return Rows.map(rows, row -> signature(row, url, keys));
        };
    return documents
        .select(columns.toArray(Column[]::new))
        .mapPartitions(sign, Encoders.row(SCHEMA));
  }

  private static Row signature(Row row, int url, Keys keys) {
    StoredDocument document = StoredDocument.fromRow(row);
    return RowFactory.create(
        document.node().toRow(),
        Keys.bytes(keys.of(document.text())),
        row.isNullAt(url) ? null : UrlKey.of(row.getString(url)));
  }
}
