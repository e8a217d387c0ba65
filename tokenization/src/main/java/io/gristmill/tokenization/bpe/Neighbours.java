package io.gristmill.tokenization.bpe;

/**
 * The symbols beside a new one, on one side of it: how often each is there and at how many places,
 * and then the entry of the pair that both make.
 */
final class Neighbours {
  private final long[] counts;
  private final int[] places;
  private final int[] entries;
  private final int[] met;
  private int metCount;

  /**
   * @param symbols symbols are less than this
   */
  Neighbours(int symbols) {
    counts = new long[symbols];
    places = new int[symbols];
    entries = new int[symbols];
    met = new int[symbols];
  }

  void count(int symbol, long count) {
    if (places[symbol]++ == 0) {
      met[metCount++] = symbol;
      entries[symbol] = PairIndex.NONE;
    }
    counts[symbol] += count;
  }

  /** How many different symbols there are. */
  int size() {
    return metCount;
  }

  int symbol(int i) {
    return met[i];
  }

  long count(int symbol) {
    return counts[symbol];
  }

  int places(int symbol) {
    return places[symbol];
  }

  int entry(int symbol) {
    return entries[symbol];
  }

  void setEntry(int symbol, int entry) {
    entries[symbol] = entry;
  }

  void clear() {
    for (int i = 0; i < metCount; i++) {
      counts[met[i]] = 0;
      places[met[i]] = 0;
    }
    metCount = 0;
  }
}
