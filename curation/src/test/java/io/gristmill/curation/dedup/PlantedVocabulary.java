package io.gristmill.curation.dedup;

import com.ibm.icu.text.Transliterator;
import java.nio.charset.Charset;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The words of an invented language by how often they come, by the law of Zipf and Mandelbrot
 * (1953): the word of rank k as 1 / (k + 2.7). Three English words or six Han characters in a row
 * hardly ever come twice.
 *
 * <p>A token is 32 random bits: the lower half chooses the word, the upper half what stands behind
 * it, see {@link PlantedText}.
 */
final class PlantedVocabulary {
  static final PlantedVocabulary ENGLISH = new PlantedVocabulary(english(), true);
  static final PlantedVocabulary HAN = new PlantedVocabulary(han(), false);

  /** Characters of the longest word. */
  static final int WIDTH = 16;

  private static final int ENGLISH_WORDS = 8192; // each of them is drawn
  private static final int DRAWS = 1 << 16;
  private static final double SHIFT = 2.7;

  private final char[] rankOfDraw = new char[DRAWS];
  private final char[] letters; // of the word of rank r from r * WIDTH on
  private final int[] lengths;
  private final boolean spaced;
  private final double bytesPerToken;

  private PlantedVocabulary(char[][] words, boolean spaced) {
    this.spaced = spaced;
    this.letters = new char[words.length * WIDTH];
    this.lengths = new int[words.length];
    for (int rank = 0; rank < words.length; rank++) {
      System.arraycopy(words[rank], 0, letters, rank * WIDTH, words[rank].length);
      lengths[rank] = words[rank].length;
    }
    double all = 0;
    for (int rank = 0; rank < words.length; rank++) {
      all += frequency(rank);
    }
    double below = 0;
    long written = 0;
    int rank = -1;
    for (int draw = 0; draw < DRAWS; draw++) {
      while (rank < words.length - 1 && below * DRAWS <= (draw + 0.5) * all) {
        rank++;
        below += frequency(rank);
      }
      rankOfDraw[draw] = (char) rank;
      written += lengths[rank];
    }
    double lettersPerToken = (double) written / DRAWS;
    this.bytesPerToken =
        spaced
            ? lettersPerToken + PlantedText.MARKS_PER_TOKEN + 1
            : 3 * (lettersPerToken + PlantedText.MARKS_PER_TOKEN);
  }

  /**
   * Writes the word of a token, and possibly something behind it.
   *
   * @param to has room for {@link #WIDTH} more characters
   * @return where the word ends
   */
  int write(int token, char[] to, int at) {
    int rank = rank(token);
    System.arraycopy(letters, rank * WIDTH, to, at, WIDTH); // faster than the few that count
    return at + lengths[rank];
  }

  /** Rank of the word of a token: 0 for the most frequent. */
  int rank(int token) {
    return rankOfDraw[token & (DRAWS - 1)];
  }

  /** Whether blanks stand between words. */
  boolean spaced() {
    return spaced;
  }

  /** UTF-8 bytes that a token takes in text, on average. */
  double bytesPerToken() {
    return bytesPerToken;
  }

  /** The traditional form of each simplified Han character; the character itself without one. */
  static char[] traditional() {
    var rules = Transliterator.getInstance("Simplified-Traditional");
    char[] table = new char[1 << 16];
    for (int c = 0; c < table.length; c++) {
      table[c] = (char) c;
    }
    for (char[] word : han()) {
      String form = rules.transliterate(new String(word));
      table[word[0]] = form.length() == 1 ? form.charAt(0) : word[0];
    }
    return table;
  }

  private static double frequency(int rank) {
    return 1 / (rank + 1 + SHIFT);
  }

  /** Pronounceable, the frequent ones short. */
  private static char[][] english() {
    String[] onsets = "b c d f g h j k l m n p r s t v w th st tr pl sh".split(" ");
    String[] vowels = "a e i o u ea".split(" ");
    String[] codas = {"", "", "n", "r", "l", "s", "t", "d"};
    var random = new SplittableRandom(1);
    Set<String> words = new LinkedHashSet<>();
    while (words.size() < ENGLISH_WORDS) {
      int syllables = words.size() < 200 ? 1 : words.size() < 4000 ? 2 : 3;
      var word = new StringBuilder();
      for (int i = 0; i < syllables; i++) {
        word.append(onsets[random.nextInt(onsets.length)])
            .append(vowels[random.nextInt(vowels.length)])
            .append(codas[random.nextInt(codas.length)]);
      }
      words.add(word.toString());
    }
    return words.stream().map(String::toCharArray).toArray(char[][]::new);
  }

  /** The 3,755 common characters of GB 2312, level 1, in an arbitrary order. */
  private static char[][] han() {
    var common = new StringBuilder();
    Charset charset = Charset.forName("GB2312");
    for (int row = 0xB0; row <= 0xD7; row++) {
      for (int cell = 0xA1; cell <= (row == 0xD7 ? 0xF9 : 0xFE); cell++) {
        common.append(new String(new byte[] {(byte) row, (byte) cell}, charset));
      }
    }
    var random = new SplittableRandom(2);
    char[][] words = new char[common.length()][];
    for (int i = 0; i < words.length; i++) { // Fisher and Yates, inside out
      int j = random.nextInt(i + 1);
      words[i] = words[j];
      words[j] = new char[] {common.charAt(i)};
    }
    return words;
  }
}
