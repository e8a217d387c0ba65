package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.col;

import io.gristmill.curation.document.Place;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HexFormat;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A document in the duplicate graph: its survivor key, which is also its id and its place.
 *
 * @param rank smaller survives, see {@link SurvivorOrder}
 * @param idHigh leading 64 bits of the id, less 2^63, so that signed order is the order of ids
 * @param idLow the other 64, likewise
 * @param at its {@link Place}: unique, and where its text is
 */
public record Node(long rank, long idHigh, long idLow, long at)
    implements Comparable<Node>, Serializable {
  public static final StructType SCHEMA =
      new StructType()
          .add("rank", DataTypes.LongType, false)
          .add("id_high", DataTypes.LongType, false)
          .add("id_low", DataTypes.LongType, false)
          .add("at", DataTypes.LongType, false);

  private static final Comparator<Node> ORDER =
      Comparator.comparingLong(Node::rank)
          .thenComparingLong(Node::idHigh)
          .thenComparingLong(Node::idLow)
          .thenComparingLong(Node::at);

  /**
   * @param id 32 hexadecimal digits
   */
  public static Node of(long rank, String id, long at) {
    return new Node(
        rank,
        Long.parseUnsignedLong(id, 0, 16, 16) ^ Long.MIN_VALUE,
        Long.parseUnsignedLong(id, 16, 32, 16) ^ Long.MIN_VALUE,
        at);
  }

  int file() {
    return Place.file(at);
  }

  int row() {
    return Place.row(at);
  }

  String id() {
    return HexFormat.of().toHexDigits(idHigh ^ Long.MIN_VALUE)
        + HexFormat.of().toHexDigits(idLow ^ Long.MIN_VALUE);
  }

  /** The columns that put struct {@code column} in survivor order. */
  static Column[] order(String column) {
    return new Column[] {
      col(column + ".rank"), col(column + ".id_high"), col(column + ".id_low"), col(column + ".at")
    };
  }

  public Row toRow() {
    return RowFactory.create(rank, idHigh, idLow, at);
  }

  public static Node fromRow(Row row) {
    return fromRow(row, 0);
  }

  /** From four columns that stand beside each other. */
  public static Node fromRow(Row row, int column) {
    return new Node(
        row.getLong(column),
        row.getLong(column + 1),
        row.getLong(column + 2),
        row.getLong(column + 3));
  }

  @Override
  public int compareTo(Node other) {
    return ORDER.compare(this, other);
  }
}
