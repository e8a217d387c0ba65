package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.gristmill.curation.document.Place;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * A document as it lies in the files of a corpus.
 *
 * @param fetchedSeconds since 1970, negative when unknown
 * @param quality level of {@link SurvivorOrder}
 * @param known whether an index holds it, so that it stays whatever resembles it
 */
public record StoredDocument(
    int file, int row, String id, String text, long fetchedSeconds, int quality, boolean known) {

  /** The columns that are read, from those that {@link Duplicates} takes. */
  public static Column[] columns() {
    return new Column[] {
      col("file"),
      col("row"),
      col("id"),
      col("text"),
      expr("coalesce(unix_seconds(fetched_at), -1L)").as("fetched_seconds"),
      col("quality"),
      col("known")
    };
  }

  public static StoredDocument fromRow(Row row) {
    return new StoredDocument(
        row.getInt(0),
        row.getInt(1),
        row.getString(2),
        row.getString(3),
        row.getLong(4),
        row.getInt(5),
        row.getBoolean(6));
  }

  public Node node() {
    long rank = SurvivorOrder.rank(quality, text.length(), fetchedSeconds);
    return Node.of(known ? SurvivorOrder.known(rank) : rank, id, Place.of(file, row));
  }
}
