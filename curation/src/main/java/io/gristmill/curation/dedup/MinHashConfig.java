package io.gristmill.curation.dedup;

import java.io.Serializable;

/**
 * How near-duplicates are found and how alike they must be.
 *
 * <p>A shingle is a run of {@code shingleCharacters} characters of an unspaced script (Han, kana,
 * Thai) or of {@code shingleWords} words, or a mixture of the same weight: a Chinese word has about
 * two characters, so 6 and 3 ask for equally long evidence in both. The bands lie to the left of
 * {@code similarity} on purpose: 20 x 6 proposes 92 % of the pairs at 0.7 and 99.8 % at 0.8, and
 * what they propose in vain costs one comparison, because every removal is verified.
 *
 * @param shingleCharacters characters in a shingle of an unspaced script
 * @param shingleWords words in a shingle of a spaced script
 * @param bands number of bands, each a key that a document shares with its likely duplicates
 * @param rowsPerBand minima in a band
 * @param similarity Jaccard similarity of shingle sets from which a document is a duplicate
 * @param seed of the permutations
 * @param maxRounds bound on the rounds of the connected components
 */
public record MinHashConfig(
    int shingleCharacters,
    int shingleWords,
    int bands,
    int rowsPerBand,
    double similarity,
    long seed,
    int maxRounds)
    implements Serializable {
  public MinHashConfig {
    atLeastOne("minhash.shingle-characters", shingleCharacters, 6);
    atLeastOne("minhash.shingle-words", shingleWords, 3);
    atLeastOne("minhash.bands", bands, 20);
    atLeastOne("minhash.rows-per-band", rowsPerBand, 6);
    atLeastOne("minhash.max-rounds", maxRounds, 50);
    if (!(similarity > 0 && similarity <= 1)) {
      throw new IllegalArgumentException(
          "minhash.similarity is %s, must be above 0 and at most 1; 0.7 is usual"
              .formatted(similarity));
    }
  }

  public static MinHashConfig defaults() {
    return new MinHashConfig(6, 3, 20, 6, 0.7, 20260501L, 50);
  }

  /** About where the S-curve is steepest: (1/b)^(1/r). Leskovec et al., MMDS, section 3.4.2. */
  public double threshold() {
    return Math.pow(1.0 / bands, 1.0 / rowsPerBand);
  }

  /** Chance that two documents of Jaccard similarity {@code s} share a band: 1 - (1 - s^r)^b. */
  public double chance(double s) {
    return 1 - Math.pow(1 - Math.pow(s, rowsPerBand), bands);
  }

  private static void atLeastOne(String key, int value, int usual) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s is %d, must be at least 1; %d is usual".formatted(key, value, usual));
    }
  }
}
