package io.gristmill.curation.quality.ngram;

/** MurmurHash64A with the seed 0, by which KenLM's files know words (Appleby 2008). */
final class MurmurHash {
  private static final long MULTIPLIER = 0xC6A4A7935BD1E995L;
  private static final int SHIFT = 47;

  private MurmurHash() {}

  static long of(byte[] bytes) {
    long hash = bytes.length * MULTIPLIER;
    int whole = bytes.length & ~7;
    for (int at = 0; at < whole; at += 8) {
      long block = 0;
      for (int i = 7; i >= 0; i--) {
        block = (block << 8) | (bytes[at + i] & 0xFF);
      }
      block *= MULTIPLIER;
      block ^= block >>> SHIFT;
      hash = (hash ^ (block * MULTIPLIER)) * MULTIPLIER;
    }
    if (whole < bytes.length) {
      long rest = 0;
      for (int at = bytes.length - 1; at >= whole; at--) {
        rest = (rest << 8) | (bytes[at] & 0xFF);
      }
      hash = (hash ^ rest) * MULTIPLIER;
    }
    hash = (hash ^ (hash >>> SHIFT)) * MULTIPLIER;
    return hash ^ (hash >>> SHIFT);
  }
}
