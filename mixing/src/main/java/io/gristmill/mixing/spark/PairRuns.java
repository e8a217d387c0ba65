package io.gristmill.mixing.spark;

import io.gristmill.mixing.bigram.CountsOfCounts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts of pairs in the order of sample, first and second token, those of one pair following each
 * other. Keeps the current pair and the counts of counts of each sample.
 */
final class PairRuns {
  /** A sample; whether it is about pairs, else about first tokens; a count; how many have it. */
  static final StructType SCHEMA =
      new StructType()
          .add("sample", DataTypes.IntegerType, false)
          .add("pairs", DataTypes.BooleanType, false)
          .add("count", DataTypes.LongType, false)
          .add("distinct", DataTypes.LongType, false);

  private final Iterator<Row> rows;
  private final Map<Integer, CountsOfCounts> counts = new TreeMap<>();

  PairRuns(Iterator<Row> rows) {
    this.rows = rows;
  }

  Iterator<Row> countsOfCounts() {
    int sample = -1;
    int previous = -1;
    int token = -1;
    long seen = 0;
    long pair = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      boolean sameFirst = row.getInt(0) == sample && row.getInt(1) == previous;
      if (!sameFirst || row.getInt(2) != token) {
        endPair(sample, pair);
        pair = 0;
      }
      if (!sameFirst) {
        endPrevious(sample, seen);
        seen = 0;
      }
      sample = row.getInt(0);
      previous = row.getInt(1);
      token = row.getInt(2);
      pair += row.getLong(3);
      seen += row.getLong(3);
    }
    endPair(sample, pair);
    endPrevious(sample, seen);
    return told();
  }

  private void endPair(int sample, long count) {
    if (count > 0) {
      of(sample).addPairs(count, 1);
    }
  }

  private void endPrevious(int sample, long count) {
    if (count > 0) {
      of(sample).addPrevious(count, 1);
    }
  }

  private CountsOfCounts of(int sample) {
    return counts.computeIfAbsent(sample, number -> new CountsOfCounts());
  }

  private Iterator<Row> told() {
    List<Row> told = new ArrayList<>();
    counts.forEach(
        (sample, of) -> {
          of.pairs()
              .forEach(
                  (count, distinct) -> told.add(RowFactory.create(sample, true, count, distinct)));
          of.previous()
              .forEach(
                  (count, distinct) -> told.add(RowFactory.create(sample, false, count, distinct)));
        });
    return told.iterator();
  }
}
