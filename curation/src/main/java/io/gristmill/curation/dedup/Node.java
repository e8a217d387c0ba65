package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.Comparator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A document in the duplicate graph: its survivor key, which is also its place.
 *
 * @param rank smaller survives, see {@link SurvivorOrder}
 * @param idPrefix leading 64 bits of the id, in signed order
 * @param at file number in the upper half, row number in the lower: unique, and where its text is
 */
public record Node(long rank, long idPrefix, long at) implements Comparable<Node>, Serializable {
  public static final StructType SCHEMA =
      new StructType()
          .add("rank", DataTypes.LongType, false)
          .add("id_prefix", DataTypes.LongType, false)
          .add("at", DataTypes.LongType, false);

  private static final Comparator<Node> ORDER =
      Comparator.comparingLong(Node::rank)
          .thenComparingLong(Node::idPrefix)
          .thenComparingLong(Node::at);

  public static long place(int file, int row) {
    return ((long) file << 32) | row;
  }

  /** The columns that put struct {@code column} in survivor order. */
  static Column[] order(String column) {
    return new Column[] {col(column + ".rank"), col(column + ".id_prefix"), col(column + ".at")};
  }

  public Row toRow() {
    return RowFactory.create(rank, idPrefix, at);
  }

  public static Node fromRow(Row row) {
    return new Node(row.getLong(0), row.getLong(1), row.getLong(2));
  }

  @Override
  public int compareTo(Node other) {
    return ORDER.compare(this, other);
  }
}
