package io.gristmill.tokenization.bpe;

/**
 * Any number of different words of a space and letters, as frequent as in English: the fraction i/n
 * is decoded by the letters' shares until no other fraction can have the same letters.
 */
final class DistinctWords {
  private static final String LETTERS = "etaoinshrdlcumwfgypbvkjxqz";

  /** Shares of the letters in thousandths. */
  private static final int[] SHARES = {
    127, 91, 82, 75, 70, 67, 63, 61, 60, 43, 40, 28, 28, 24, 24, 22, 20, 20, 19, 15, 10, 6, 2, 1, 1,
    1
  };

  /** So much narrower than needed, which makes words as long as rare ones are. */
  private static final double NARROWER = 256;

  private DistinctWords() {}

  /** Writes word {@code i} of {@code n} and returns its length in bytes. */
  static int word(long i, long n, byte[] target) {
    double fraction = (double) (i * 0x9E3779B1L % n) / n;
    double width = 1;
    int length = 0;
    target[length++] = ' ';
    while (width * n * NARROWER > 1) {
      double scaled = fraction * 1000;
      int letter = 0;
      while (letter < SHARES.length - 1 && scaled >= SHARES[letter]) {
        scaled -= SHARES[letter++];
      }
      fraction = scaled / SHARES[letter];
      width *= SHARES[letter] / 1000.0;
      target[length++] = (byte) LETTERS.charAt(letter);
    }
    return length;
  }
}
