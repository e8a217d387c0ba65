package io.gristmill.curation.passage;

import static org.apache.spark.sql.functions.col;

import io.gristmill.curation.dedup.Node;
import java.util.Comparator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A passage where it stands.
 *
 * @param node the document
 * @param rest what is known of the other occurrences of the key
 */
record Occurrence(Passage passage, Node node, Rest rest) implements Comparable<Occurrence> {
  /** The other occurrences, as far as one task has seen them. */
  enum Rest {
    /** There may be none: the occurrence travels. */
    UNKNOWN(0),
    /** Later ones were seen and need not travel: this one does. */
    LATER(1),
    /** An earlier one was seen: this one goes, and need not travel. */
    EARLIER(2);

    private final int number;

    Rest(int number) {
      this.number = number;
    }

    private static Rest of(int number) {
      return switch (number) {
        case 0 -> UNKNOWN;
        case 1 -> LATER;
        case 2 -> EARLIER;
        default -> throw new IllegalArgumentException("there is no rest " + number);
      };
    }

    /** Stands for it in files. */
    int number() {
      return number;
    }
  }

  static final StructType SCHEMA =
      new StructType()
          .add("key_high", DataTypes.LongType, false)
          .add("key_low", DataTypes.LongType, false)
          .add("rank", DataTypes.LongType, false)
          .add("id_high", DataTypes.LongType, false)
          .add("id_low", DataTypes.LongType, false)
          .add("at", DataTypes.LongType, false)
          .add("start", DataTypes.IntegerType, false)
          .add("end", DataTypes.IntegerType, false)
          .add("kind", DataTypes.IntegerType, false)
          .add("rest", DataTypes.IntegerType, false);

  private static final Comparator<Occurrence> ORDER =
      Comparator.comparing(Occurrence::node)
          .thenComparingInt(occurrence -> occurrence.passage.start())
          .thenComparingInt(occurrence -> occurrence.passage.end());

  /** The columns that bring equal keys together, the first to stay before all others. */
  static Column[] order() {
    return new Column[] {
      col("key_high"),
      col("key_low"),
      col("rank"),
      col("id_high"),
      col("id_low"),
      col("at"),
      col("start"),
      col("end")
    };
  }

  /** Places in the order of survival: the smaller stays. */
  @Override
  public int compareTo(Occurrence other) {
    return ORDER.compare(this, other);
  }

  boolean sameKey(Occurrence other) {
    return passage.keyHigh() == other.passage.keyHigh()
        && passage.keyLow() == other.passage.keyLow();
  }

  Occurrence with(Rest known) {
    return new Occurrence(passage, node, known);
  }

  Row toRow() {
    return RowFactory.create(
        passage.keyHigh(),
        passage.keyLow(),
        node.rank(),
        node.idHigh(),
        node.idLow(),
        node.at(),
        passage.start(),
        passage.end(),
        passage.kind().number(),
        rest.number());
  }

  static Occurrence fromRow(Row row) {
    return new Occurrence(
        new Passage(
            PassageKind.of(row.getInt(8)),
            row.getLong(0),
            row.getLong(1),
            row.getInt(6),
            row.getInt(7)),
        Node.fromRow(row, 2),
        Rest.of(row.getInt(9)));
  }
}
