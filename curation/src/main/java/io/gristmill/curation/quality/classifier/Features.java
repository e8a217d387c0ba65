package io.gristmill.curation.quality.classifier;

import io.gristmill.curation.text.Characters;
import java.util.Arrays;

/**
 * The features of a text: words and pairs of neighbours; where scripts are written without spaces,
 * runs of one, two and three characters. Each is hashed to one of 2<sup>bits</sup> numbers. Case,
 * the digits of numbers and the width of characters make no difference. The weight of a feature is
 * 1 + ln(occurrences), and all together have the length 1, so that long texts are not surer than
 * short ones.
 *
 * <p>One is kept by a thread and filled again by each text.
 */
final class Features {
  /** Characters of a text that are looked at. */
  static final int LONGEST = 1 << 16;

  private static final long SEED = 0x9E3779B97F4A7C15L;
  private static final int FULL_WIDTH = 0xFEE0;

  /** ln(n), for the counts that occur. */
  private static final float[] LOGARITHMS = logarithms();

  private final int mask;
  private final int[] counts;
  private int[] indices = new int[4096];
  private float[] weights = new float[4096];
  private int size;

  Features(int bits) {
    counts = new int[1 << bits];
    mask = (1 << bits) - 1;
  }

  /** How many different features the text has. */
  int size() {
    return size;
  }

  /** The number of a feature, in the order of first occurrence. */
  int index(int feature) {
    return indices[feature];
  }

  float weight(int feature) {
    return weights[feature];
  }

  int[] indices() {
    return Arrays.copyOf(indices, size);
  }

  float[] weights() {
    return Arrays.copyOf(weights, size);
  }

  /** Takes the features of a text in place of those of the one before. */
  void read(String text) {
    size = 0;
    int end = Math.min(text.length(), LONGEST);
    long word = 0;
    long wordBefore = 0;
    long characterBefore = 0;
    long pairBefore = 0;
    for (int at = 0; at < end; ) {
      int codePoint = text.codePointAt(at);
      at += Character.charCount(codePoint);
      int bits = Characters.of(codePoint);
      if ((bits & (Characters.ALPHABETIC | Characters.DIGIT | Characters.DICTIONARY)) != 0
          && (bits & Characters.DICTIONARY) == 0) {
        word =
            hashed(
                word == 0 ? SEED : word, (bits & Characters.DIGIT) != 0 ? '0' : folded(codePoint));
        characterBefore = 0;
        pairBefore = 0;
        continue;
      }
      if (word != 0) {
        wordBefore = addWord(word, wordBefore);
        word = 0;
      }
      if ((bits & Characters.DICTIONARY) != 0) {
        long character = hashed(SEED, codePoint);
        add(character);
        long pair = 0;
        if (characterBefore != 0) {
          pair = hashed(characterBefore, codePoint);
          add(pair);
        }
        if (pairBefore != 0) {
          add(hashed(pairBefore, codePoint));
        }
        characterBefore = character;
        pairBefore = pair;
        wordBefore = 0;
      } else {
        characterBefore = 0;
        pairBefore = 0;
        if ((bits & Characters.SPACE) == 0) {
          wordBefore = addWord(hashed(SEED, folded(codePoint)), wordBefore);
        }
      }
    }
    if (word != 0) {
      addWord(word, wordBefore);
    }
    weigh();
  }

  private long addWord(long word, long wordBefore) {
    add(word);
    if (wordBefore != 0) {
      add(wordBefore * 31 + Long.rotateLeft(word, 17));
    }
    return word;
  }

  private void add(long hash) {
    long mixed = (hash ^ (hash >>> 32)) * 0xC4CEB9FE1A85EC53L;
    int index = ((int) (mixed >>> 40)) & mask;
    if (counts[index]++ == 0) {
      if (size == indices.length) {
        indices = Arrays.copyOf(indices, size * 2);
        weights = Arrays.copyOf(weights, size * 2);
      }
      indices[size++] = index;
    }
  }

  private void weigh() {
    double squares = 0;
    for (int i = 0; i < size; i++) {
      int count = counts[indices[i]];
      counts[indices[i]] = 0;
      weights[i] = 1 + LOGARITHMS[Math.min(count, LOGARITHMS.length - 1)];
      squares += weights[i] * weights[i];
    }
    float scale = size == 0 ? 0 : (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < size; i++) {
      weights[i] *= scale;
    }
  }

  private static int folded(int codePoint) {
    int half = codePoint >= 0xFF01 && codePoint <= 0xFF5E ? codePoint - FULL_WIDTH : codePoint;
    return half < 0x80
        ? (half >= 'A' && half <= 'Z' ? half + 32 : half)
        : Character.toLowerCase(half);
  }

  private static long hashed(long hash, int codePoint) {
    long mixed = (hash ^ codePoint) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }

  private static float[] logarithms() {
    float[] logarithms = new float[1024];
    for (int count = 1; count < logarithms.length; count++) {
      logarithms[count] = (float) StrictMath.log(count);
    }
    return logarithms;
  }
}
