package io.gristmill.curation.passage;

import static io.gristmill.curation.dedup.Tokens.mix;

/**
 * A part of a text that may stand elsewhere too.
 *
 * @param keyHigh with {@code keyLow}: 128 bits, equal for equal tokens of the same kind
 * @param start in code points
 * @param end in code points, exclusive
 */
record Passage(PassageKind kind, long keyHigh, long keyLow, int start, int end) {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  /** Tokens {@code from} to {@code to} (exclusive) as a passage that lies at start to end. */
  static Passage of(PassageKind kind, Tokens tokens, int from, int to, int start, int end) {
    long high = kind.number();
    long low = ~high;
    for (int i = from; i < to; i++) {
      long token = kind == PassageKind.LINE ? tokens.digitlessHash(i) : tokens.hash(i);
      high = mix(high ^ token);
      low = mix(low + token * STEP);
    }
    return new Passage(kind, high, low, start, end);
  }
}
