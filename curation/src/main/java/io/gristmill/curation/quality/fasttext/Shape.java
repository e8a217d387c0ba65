package io.gristmill.curation.quality.fasttext;

import io.gristmill.curation.quality.ModelInput;

/**
 * The arguments that a model was trained with, those on which its answers depend.
 *
 * @param dimension of the vectors
 * @param wordNgrams longest run of words that is a feature
 * @param loss see {@link Loss}
 * @param buckets over which runs of words and of characters are hashed
 * @param minCharacters shortest run of characters that is a feature
 * @param maxCharacters longest one; 0 for none
 */
record Shape(
    int dimension, int wordNgrams, Loss loss, int buckets, int minCharacters, int maxCharacters) {
  private static final int MAGIC = 793712314;
  private static final int VERSION = 12;
  private static final int SUPERVISED = 3;

  /** How the scores of labels become probabilities. */
  enum Loss {
    HIERARCHICAL_SOFTMAX,
    NEGATIVE_SAMPLING,
    SOFTMAX,
    ONE_VERSUS_ALL
  }

  static Shape read(ModelInput in) {
    int magic = in.int32("magic number");
    if (magic != MAGIC) {
      throw in.wrong(
          "magic number",
          magic,
          "must be %d; this is no .bin or .ftz of fastText".formatted(MAGIC));
    }
    int version = in.int32("version");
    if (version < VERSION - 1 || version > VERSION) {
      throw in.wrong("version", version, "must be 11 or 12; save the model with fastText 0.9");
    }
    int dimension = in.int32("dim");
    in.skip(4 * 4L, "ws, epoch, minCount, neg");
    int wordNgrams = in.int32("wordNgrams");
    int loss = in.int32("loss");
    int kind = in.int32("model");
    int buckets = in.int32("bucket");
    int minCharacters = in.int32("minn");
    int maxCharacters = in.int32("maxn");
    in.skip(4 + 8, "lrUpdateRate, t");
    if (kind != SUPERVISED) {
      throw in.wrong("model", kind, "must be 3 (supervised); word vectors give documents no score");
    }
    if (loss < 1 || loss > Loss.values().length) {
      throw in.wrong("loss", loss, "must be 1 to 4; copy the file again");
    }
    if (dimension < 1 || buckets < 0 || (buckets == 0 && wordNgrams > 1)) {
      throw in.wrong(
          "dim", dimension, "with %d buckets makes no model; copy it again".formatted(buckets));
    }
    return new Shape(
        dimension,
        wordNgrams,
        Loss.values()[loss - 1],
        buckets,
        minCharacters,
        version < VERSION
            ? 0
            : maxCharacters); // version 11 had no character n-grams when supervised
  }
}
