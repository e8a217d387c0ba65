package io.gristmill.curation.dedup;

/**
 * Who survives among duplicates: the longer text, then the one fetched earlier, then the smaller
 * id. The first two are packed into one long, smaller is better; the id breaks ties.
 */
public final class SurvivorOrder {
  private static final long NO_DATE = 0xffffffffL;

  private SurvivorOrder() {}

  /**
   * Rank of a document; never negative.
   *
   * @param length of the text in UTF-16 units
   * @param fetchedSeconds seconds since 1970, or negative when unknown, which counts as latest
   */
  public static long rank(int length, long fetchedSeconds) {
    long minutes = fetchedSeconds < 0 ? NO_DATE : Math.min(fetchedSeconds / 60, NO_DATE - 1);
    return ((long) (Integer.MAX_VALUE - length) << 32) | minutes;
  }

  /** The leading 64 bits of an id, as a long whose signed order is the order of the ids. */
  public static long ofId(String id) {
    return Long.parseUnsignedLong(id, 0, 16, 16) ^ Long.MIN_VALUE;
  }
}
