package io.gristmill.curation.quality.ngram;

/**
 * The n-grams of a back-off model by key. The key of a run of words goes from its last word to the
 * left, so that a longer run's comes from that of the run without its first word.
 */
interface NgramTable {
  /** What {@link #find} gives for an n-gram that is not there; no two floats are this. */
  long ABSENT = -1L;

  /** Words of the longest n-grams. */
  int order();

  /**
   * What is known of an n-gram, see {@link #pack}, or {@link #ABSENT}.
   *
   * @param words of it, 1 to {@link #order}
   */
  long find(int words, long key);

  /** log10 of the probability of a word that the model does not know. */
  float unknown();

  /** The key of a word. */
  default long key(long word) {
    return word;
  }

  /**
   * The key of a run of words with one more before it. The constants are those of KenLM, whose
   * files hold such keys.
   */
  static long extended(long key, long wordBefore) {
    return (key * 8978948897894561157L) ^ ((1 + wordBefore) * -551886589553063673L);
  }

  /** Two log10 values in one: of the probability, and of the weight when a longer run backs off. */
  static long pack(float probability, float backoff) {
    return ((long) Float.floatToRawIntBits(probability) << 32)
        | (Float.floatToRawIntBits(backoff) & 0xFFFFFFFFL);
  }

  static float probability(long packed) {
    return Float.intBitsToFloat((int) (packed >>> 32));
  }

  static float backoff(long packed) {
    return Float.intBitsToFloat((int) packed);
  }
}
