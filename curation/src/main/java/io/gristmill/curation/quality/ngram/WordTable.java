package io.gristmill.curation.quality.ngram;

import java.nio.charset.StandardCharsets;

/**
 * N-grams of words that have numbers, as KenLM keeps them: 0 is every word that is not known. A
 * word is its {@link MurmurHash}.
 */
final class WordTable implements NgramTable {
  private static final int UNKNOWN = 0;
  private static final long UNKNOWN_WORD = MurmurHash.of("<unk>".getBytes(StandardCharsets.UTF_8));
  private static final long UNKNOWN_CAPITALS =
      MurmurHash.of("<UNK>".getBytes(StandardCharsets.UTF_8));

  /** What KenLM takes for a word that is not known where the file does not say. */
  private static final float USUAL_UNKNOWN = -100;

  private final GrowingTable words = new GrowingTable();
  private final GrowingTable[] ngrams;
  private int count = 1;

  WordTable(int order) {
    ngrams = new GrowingTable[order];
    for (int i = 0; i < order; i++) {
      ngrams[i] = new GrowingTable();
    }
    ngrams[0].put(UNKNOWN, NgramTable.pack(USUAL_UNKNOWN, 0));
  }

  static boolean isUnknown(long word) {
    return word == UNKNOWN_WORD || word == UNKNOWN_CAPITALS;
  }

  void reserve(int words, long entries) {
    ngrams[words - 1].reserve(entries);
  }

  /** Gives a word the next number, or the number that a file has for it. */
  int number(long word) {
    if (isUnknown(word)) {
      return UNKNOWN;
    }
    number(word, count);
    return count++;
  }

  void number(long word, int number) {
    words.put(word, number);
  }

  void put(int words, long key, float probability, float backoff) {
    ngrams[words - 1].put(key, NgramTable.pack(probability, backoff));
  }

  @Override
  public int order() {
    return ngrams.length;
  }

  @Override
  public float unknown() {
    return NgramTable.probability(ngrams[0].find(UNKNOWN));
  }

  @Override
  public long key(long word) {
    long number = words.find(word);
    return number == ABSENT ? UNKNOWN : number;
  }

  @Override
  public long find(int words, long key) {
    return ngrams[words - 1].find(key);
  }
}
