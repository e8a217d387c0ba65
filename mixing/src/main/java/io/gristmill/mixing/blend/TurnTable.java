package io.gristmill.mixing.blend;

/**
 * The turns of a stretch of slots, written down once; the stretch may repeat for as long as nobody
 * asks beyond it. Turn and count are found in constant time.
 */
final class TurnTable {
  /** Counts are kept at every 256th slot and completed by a scan. */
  private static final int STRIDE = 256;

  private final long first;
  private final long[] before;
  private final short[] turns;
  private final int[][] counts; // [slot / STRIDE][component]: turns before that slot
  private final int[] all; // turns of each component in the whole table

  /**
   * @param first slot of the table
   * @param before turns that each component has had before it
   * @param turns the component of each slot
   */
  TurnTable(long first, long[] before, short[] turns) {
    this.first = first;
    this.before = before;
    this.turns = turns;
    this.counts = new int[Math.ceilDiv(turns.length, STRIDE)][];
    this.all = new int[before.length];
    for (int slot = 0; slot < turns.length; slot++) {
      if (slot % STRIDE == 0) {
        counts[slot / STRIDE] = all.clone();
      }
      all[turns[slot]]++;
    }
  }

  long first() {
    return first;
  }

  /** The component of {@code slot}, which is not before the first. */
  int component(long slot) {
    return turns[(int) ((slot - first) % turns.length)];
  }

  /** The turns of {@code component} before {@code slot}, which is not before the first. */
  long count(int component, long slot) {
    long rounds = (slot - first) / turns.length;
    int rest = (int) ((slot - first) % turns.length);
    long count = before[component] + rounds * all[component] + counts[rest / STRIDE][component];
    for (int n = rest - rest % STRIDE; n < rest; n++) {
      if (turns[n] == component) {
        count++;
      }
    }
    return count;
  }

  /** The turns of every component before {@code slot}. */
  long[] counts(long slot) {
    long[] counts = new long[before.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = count(i, slot);
    }
    return counts;
  }
}
