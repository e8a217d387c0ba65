package io.gristmill.curation.passage;

import io.gristmill.curation.document.Placed;
import io.gristmill.curation.passage.Occurrence.Rest;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A repeated passage of a document.
 *
 * @param at place of the document
 * @param stays whether it is the first occurrence, which stays, or another, which goes
 */
record Found(long at, PassageKind kind, int start, int end, boolean stays) {
  static final StructType SCHEMA =
      new StructType()
          .add(Placed.AT, DataTypes.LongType, false)
          .add("kind", DataTypes.IntegerType, false)
          .add("start", DataTypes.IntegerType, false)
          .add("end", DataTypes.IntegerType, false)
          .add("stays", DataTypes.BooleanType, false);

  private static Found of(Occurrence occurrence, boolean stays) {
    Passage passage = occurrence.passage();
    return new Found(occurrence.node().at(), passage.kind(), passage.start(), passage.end(), stays);
  }

  /**
   * Every occurrence that goes, and the first ones of keys of which any goes.
   *
   * @param occurrences in {@link Occurrence#order}, those of a key all together
   */
  static Iterator<Found> found(Iterator<Occurrence> occurrences) {
    return new Iterator<>() {
      private Optional<Occurrence> first = Optional.empty();
      private boolean told; // that the first stays
      private Optional<Found> behind = Optional.empty();
      private Optional<Found> ready = Optional.empty();

      @Override
      public boolean hasNext() {
        if (ready.isEmpty()) {
          ready = behind;
          behind = Optional.empty();
        }
        while (ready.isEmpty() && occurrences.hasNext()) {
          take(occurrences.next());
        }
        return ready.isPresent();
      }

      @Override
      public Found next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no repeated passage is left");
        }
        Found next = ready.get();
        ready = Optional.empty();
        return next;
      }

      private void take(Occurrence occurrence) {
        if (first.isPresent() && first.get().sameKey(occurrence)) {
          ready = Optional.of(of(occurrence, false));
          if (!told) {
            behind = Optional.of(of(first.get(), true));
            told = true;
          }
          return;
        }
        first = Optional.of(occurrence);
        told = occurrence.rest() == Rest.LATER;
        if (told) {
          ready = Optional.of(of(occurrence, true));
        }
      }
    };
  }

  Row toRow() {
    return RowFactory.create(at, kind.number(), start, end, stays);
  }

  static Found fromGroup(Group row) {
    return new Found(
        row.getLong(Placed.AT, 0),
        PassageKind.of(row.getInteger("kind", 0)),
        row.getInteger("start", 0),
        row.getInteger("end", 0),
        row.getBoolean("stays", 0));
  }
}
