package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;

import org.apache.spark.sql.Column;

/**
 * Who survives among duplicates: a document of an earlier crawl's index, then the one of better
 * quality, then the longer text, then the one fetched earlier, then the smaller id. All but the id
 * are packed into one long, smaller is better: the sign, 7 bits of quality, 26 of length, 30 of
 * minutes.
 */
final class SurvivorOrder {
  /** The best level of quality. */
  static final int BEST_QUALITY = 127;

  private static final int MINUTE_BITS = 30;
  private static final int LENGTH_BITS = 26;
  private static final long NO_DATE = (1L << MINUTE_BITS) - 1;
  private static final long LONGEST = (1L << LENGTH_BITS) - 1;

  private SurvivorOrder() {}

  /**
   * Rank of a document that is new; never negative.
   *
   * @param quality from 0 to {@link #BEST_QUALITY}
   * @param length of the text in UTF-16 units; all of 2^26 and more are alike
   * @param fetchedSeconds seconds since 1970, or negative when unknown, which counts as latest
   */
  static long rank(int quality, int length, long fetchedSeconds) {
    long minutes = fetchedSeconds < 0 ? NO_DATE : Math.min(fetchedSeconds / 60, NO_DATE - 1);
    long shortness = LONGEST - Math.min(length, LONGEST);
    long badness = BEST_QUALITY - (long) quality;
    return (badness << (LENGTH_BITS + MINUTE_BITS)) | (shortness << MINUTE_BITS) | minutes;
  }

  /** The rank of a document that an index holds, better than every rank of a new one. */
  static long known(long rank) {
    return rank | Long.MIN_VALUE;
  }

  /** Whether the document of this rank is one of an index, and stays. */
  static boolean known(Node node) {
    return node.rank() < 0;
  }

  /** Length of the text of a document, in UTF-16 units, from its rank. */
  static Column length(Column rank) {
    return lit(LONGEST).minus(shiftright(rank, MINUTE_BITS).bitwiseAND(lit(LONGEST)));
  }
}
