package io.gristmill.curation.dedup;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What stands for a document while duplicates are looked for: its node and its keys. Two documents
 * that share a key are compared in the end. The first key is of the exact text, which is the only
 * one of a document shorter than a shingle; the others are MinHash bands.
 */
final class Signatures {
  static final StructType SCHEMA =
      new StructType()
          .add("node", Node.SCHEMA, false)
          .add("keys", DataTypes.createArrayType(DataTypes.LongType, false), false);

  private Signatures() {}

  /**
   * One signature a document.
   *
   * @param documents columns {@code file int, row int, id, text, fetched_at}
   */
  static Dataset<Row> signatures(Dataset<Row> documents, MinHashConfig config) {
    MapPartitionsFunction<Row, Row> sign = rows -> signed(rows, config);
    return documents.select(CandidateRows.columns()).mapPartitions(sign, Encoders.row(SCHEMA));
  }

  private static Iterator<Row> signed(Iterator<Row> rows, MinHashConfig config) {
    var shingles = new Shingles(config);
    var minHash = new MinHash(config);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = rows.next();
        String text = row.getString(3);
        return RowFactory.create(
            node(row.getInt(0), row.getInt(1), row.getString(2), text, row.getLong(4)).toRow(),
            keys(KeyText.fold(text), shingles, minHash));
      }
    };
  }

  static Node node(int file, int row, String id, String text, long fetchedSeconds) {
    return new Node(
        SurvivorOrder.rank(text.length(), fetchedSeconds),
        SurvivorOrder.ofId(id),
        Node.place(file, row));
  }

  private static long[] keys(String folded, Shingles shingler, MinHash minHash) {
    long[] digest = KeyText.digest(folded);
    long exact = Shingles.mix(digest[0] ^ Shingles.mix(digest[1]));
    int[] shingles = shingler.of(folded);
    if (shingles.length == 0) {
      return new long[] {exact};
    }
    long[] bands = minHash.bandKeys(minHash.signature(shingles));
    long[] keys = Arrays.copyOf(bands, bands.length + 1);
    keys[bands.length] = exact;
    return keys;
  }
}
