package io.gristmill.curation.filter;

/**
 * Repetition of runs of n items (words, or characters) in a text, by Gopher's two measures (arXiv
 * 2112.11446, section A.1.1) as datatrove counts them.
 */
final class Grams {
  private final long[] items;
  private final int[] lengths;
  private final int[] gaps;
  private final int count;
  private final Counts counts;

  /**
   * @param items hash of each item
   * @param lengths its length in code points
   * @param gaps 1 where white space stands before the item, else 0
   * @param count number of items
   */
  Grams(long[] items, int[] lengths, int[] gaps, int count) {
    this.items = items;
    this.lengths = lengths;
    this.gaps = gaps;
    this.count = count;
    this.counts = new Counts(count);
  }

  /**
   * Code points in all occurrences of the most frequent run of n items, the first of them when
   * several are as frequent; 0 when no run occurs twice. White space between items counts only
   * where the text has it: joining Chinese words by spaces would add n - 1 to each run.
   */
  long topCharacters(int n) {
    counts.clear();
    int most = 1;
    for (int at = 0; at + n <= count; at++) {
      most = Math.max(most, counts.add(gram(at, n)));
    }
    if (most == 1) {
      return 0;
    }
    int first = 0;
    while (counts.count(gram(first, n)) != most) {
      first++;
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
    counts.clear();
    long characters = 0;
    int at = 0;
    while (at + n <= count) {
      if (counts.add(gram(at, n)) == 1) {
        at++;
      } else {
        for (int end = at + n; at < end; at++) {
          characters += lengths[at];
        }
      }
    }
    return characters;
  }

  private long gram(int from, int n) {
    long hash = n;
    for (int at = from; at < from + n; at++) {
      hash = Hashing.append(hash, items[at]);
    }
    return Hashing.mixed(hash);
  }
}
