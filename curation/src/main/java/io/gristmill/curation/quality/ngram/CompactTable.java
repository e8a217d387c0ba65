package io.gristmill.curation.quality.ngram;

/**
 * N-grams of every length in one open-addressed table of eight bytes a slot, three of four taken:
 * 40 bits tell n-grams apart, 12 bits each hold the logarithms of probability and weight. The
 * logarithms are rounded to steps of 1/340, so that a perplexity is right to about a part in ten
 * thousand; one n-gram in 10<sup>12</sup> that is not there is taken for another.
 */
final class CompactTable implements NgramTable {
  private static final int CODE_BITS = 12;
  private static final int CODES = 1 << CODE_BITS;

  /** log10 of the smallest number, 0 being the largest. */
  private static final double LOWEST = -12;

  private static final double STEP = -LOWEST / (CODES - 1);
  private static final long FINGERPRINT = -1L << (2 * CODE_BITS);
  private static final float[] VALUES = values();

  private final int order;
  private final float unknown;
  private final long[] slots;

  CompactTable(int order, float unknown, long[] slots) {
    this.order = order;
    this.unknown = unknown;
    this.slots = slots;
  }

  /** Slots for so many n-grams. */
  static int slots(long ngrams) {
    long slots = ngrams + ngrams / 3 + 1;
    if (slots > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%,d n-grams are too many for a model, which holds 1.6 thousand million; raise min-counts"
              .formatted(ngrams));
    }
    return (int) slots;
  }

  /**
   * Puts an n-gram into slots.
   *
   * @param probability log10
   * @param backoff log10
   */
  static void put(long[] slots, long key, double probability, double backoff) {
    long mixed = mixed(key);
    int slot = slot(mixed, slots.length);
    while (slots[slot] != 0) {
      slot = slot + 1 == slots.length ? 0 : slot + 1;
    }
    slots[slot] = fingerprint(mixed) | (code(probability) << CODE_BITS) | code(backoff);
  }

  @Override
  public int order() {
    return order;
  }

  @Override
  public float unknown() {
    return unknown;
  }

  @Override
  public long find(int words, long key) {
    long mixed = mixed(key);
    long fingerprint = fingerprint(mixed);
    int slot = slot(mixed, slots.length);
    for (long entry = slots[slot]; entry != 0; entry = slots[slot]) {
      if ((entry & FINGERPRINT) == fingerprint) {
        return NgramTable.pack(
            VALUES[(int) (entry >>> CODE_BITS) & (CODES - 1)], VALUES[(int) entry & (CODES - 1)]);
      }
      slot = slot + 1 == slots.length ? 0 : slot + 1;
    }
    return ABSENT;
  }

  long[] slots() {
    return slots;
  }

  /** The high bits of a mixed key choose the slot; the low ones tell n-grams apart. */
  private static int slot(long mixed, int slots) {
    return (int) Math.unsignedMultiplyHigh(mixed, slots);
  }

  private static long fingerprint(long mixed) {
    long fingerprint = mixed << (2 * CODE_BITS);
    return fingerprint == 0 ? 1L << (2 * CODE_BITS) : fingerprint; // 0 is an empty slot
  }

  private static long mixed(long key) {
    long mixed = (key ^ (key >>> 32)) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }

  private static long code(double log10) {
    return Math.clamp(Math.round((log10 - LOWEST) / STEP), 0, CODES - 1);
  }

  private static float[] values() {
    float[] values = new float[CODES];
    for (int code = 0; code < CODES; code++) {
      values[code] = (float) (LOWEST + code * STEP);
    }
    return values;
  }
}
