package io.gristmill.curation.filter;

import java.util.Arrays;

/**
 * Repetition of runs of n items (words, or characters) in a text, by Gopher's two measures (arXiv
 * 2112.11446, section A.1.1) as datatrove counts them.
 *
 * <p>A run that occurs twice begins with a shorter one that does, so when n grows from call to call
 * only the places where the last, shorter, runs occurred again are looked at: few in most texts.
 */
final class Grams {
  private static final long BASE = 0x9E3779B97F4A7C15L;

  /** Most items in a run. */
  private static final int LONGEST = 16;

  private static final long[] POWERS = powers();

  private final int[] lengths;
  private final int[] gaps;
  private final int count;

  /** Hashes of the items before a place, as a polynomial, so that each run's is a difference. */
  private final long[] before;

  /** Places where runs of {@link #looked} items begin that occur more than once, ascending. */
  private int[] places;

  private int placeCount;
  private int looked;

  /** How often each run was met in the pass at hand. */
  private final Counts counts = new Counts(0);

  /** Bits of hashes that occurred once, and again, see {@link #keepLikely}. */
  private long[] once = {};

  private long[] again = {};

  /**
   * @param items hash of each item
   * @param lengths its length in code points
   * @param gaps 1 where white space stands before the item, else 0
   * @param count number of items
   */
  Grams(long[] items, int[] lengths, int[] gaps, int count) {
    this.lengths = lengths;
    this.gaps = gaps;
    this.count = count;
    this.before = new long[count + 1];
    for (int at = 0; at < count; at++) {
      before[at + 1] = before[at] * BASE + items[at];
    }
    everyPlace();
  }

  /**
   * Code points in all occurrences of the most frequent run of n items, the first of them when
   * several are as frequent; 0 when no run occurs twice. White space between items counts only
   * where the text has it: joining Chinese words by spaces would add n - 1 to each run.
   */
  long topCharacters(int n) {
    look(n);
    int most = 1;
    int first = 0;
    for (int i = 0; i < placeCount; i++) {
      int occurrences = counts.count(gram(places[i], n));
      if (occurrences > most) {
        most = occurrences;
        first = places[i];
      }
    }
    if (most == 1) {
      return 0;
    }
    long length = lengths[first];
    for (int at = first + 1; at < first + n; at++) {
      length += gaps[at] + lengths[at];
    }
    return length * most;
  }

  /**
   * Code points, white space between items not counted, in runs of n items that occurred before: a
   * scan that steps over each such run as a whole, so that no character counts twice.
   */
  long duplicateCharacters(int n) {
    look(n);
    counts.restart(placeCount);
    long characters = 0;
    int end = 0;
    for (int i = 0; i < placeCount; i++) {
      int place = places[i];
      if (place >= end && counts.add(gram(place, n)) > 1) {
        end = place + n;
        for (int at = place; at < end; at++) {
          characters += lengths[at];
        }
      }
    }
    return characters;
  }

  /** Counts the runs of n items, and keeps the places of those that occur more than once. */
  private void look(int n) {
    if (n < looked) {
      everyPlace();
    }
    while (placeCount > 0 && places[placeCount - 1] + n > count) {
      placeCount--;
    }
    keepLikely(n);
    counts.restart(placeCount);
    for (int i = 0; i < placeCount; i++) {
      counts.add(gram(places[i], n));
    }
    int kept = 0;
    for (int i = 0; i < placeCount; i++) {
      if (counts.count(gram(places[i], n)) > 1) {
        places[kept++] = places[i];
      }
    }
    placeCount = kept;
    looked = n;
  }

  /**
   * Keeps the places of all runs that occur more than once, and of a few others: those that share a
   * bit of a small table with another run. Most runs of most texts go here, without being counted.
   */
  private void keepLikely(int n) {
    int bits = Integer.highestOneBit(Math.max(4, placeCount)) * 16;
    int words = bits / Long.SIZE;
    if (words > once.length) {
      once = new long[words];
      again = new long[words];
    } else {
      Arrays.fill(once, 0, words, 0);
      Arrays.fill(again, 0, words, 0);
    }
    for (int i = 0; i < placeCount; i++) {
      int bit = (int) gram(places[i], n) & (bits - 1);
      again[bit / Long.SIZE] |= once[bit / Long.SIZE] & (1L << bit);
      once[bit / Long.SIZE] |= 1L << bit;
    }
    int kept = 0;
    for (int i = 0; i < placeCount; i++) {
      int bit = (int) gram(places[i], n) & (bits - 1);
      if ((again[bit / Long.SIZE] & (1L << bit)) != 0) {
        places[kept++] = places[i];
      }
    }
    placeCount = kept;
  }

  private void everyPlace() {
    places = new int[count];
    for (int at = 0; at < count; at++) {
      places[at] = at;
    }
    placeCount = count;
    looked = 0;
  }

  private long gram(int from, int n) {
    return Hashing.mixed(before[from + n] - before[from] * POWERS[n] + n);
  }

  private static long[] powers() {
    long[] powers = new long[LONGEST + 1];
    powers[0] = 1;
    for (int n = 1; n < powers.length; n++) {
      powers[n] = powers[n - 1] * BASE;
    }
    return powers;
  }
}
