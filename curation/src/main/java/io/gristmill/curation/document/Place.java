package io.gristmill.curation.document;

import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.shiftright;

import org.apache.spark.sql.Column;

/**
 * Where a document is stored, in 64 bits: the number of its file in the upper half, that of its row
 * in the lower. Unique in a corpus, and ascending while files are read.
 */
public final class Place {
  private static final int ROW_BITS = 32;

  private Place() {}

  public static long of(int file, int row) {
    return ((long) file << ROW_BITS) | row;
  }

  /** The same of two columns of type int. */
  public static Column of(Column file, Column row) {
    return shiftleft(file.cast("long"), ROW_BITS).plus(row);
  }

  public static int file(long place) {
    return (int) (place >> ROW_BITS);
  }

  /** The same of a column of places; of type long. */
  static Column file(Column place) {
    return shiftright(place, ROW_BITS);
  }

  public static int row(long place) {
    return (int) place;
  }
}
