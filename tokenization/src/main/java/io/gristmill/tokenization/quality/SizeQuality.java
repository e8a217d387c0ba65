package io.gristmill.tokenization.quality;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A vocabulary size of the sweep.
 *
 * @param languages the measures of each language, of all by {@link TokenizerQuality#ALL}
 * @param encodable tokens that encoding can give
 * @param unused of these, not met in the training text
 * @param underTrained met less often than the threshold, the unused among them
 */
public record SizeQuality(
    int vocabularySize,
    SortedMap<String, Measures> languages,
    int encodable,
    int unused,
    int underTrained) {
  public SizeQuality {
    languages = new TreeMap<>(languages);
  }

  /** The measures of all languages together. */
  public Measures all() {
    return languages.get(TokenizerQuality.ALL);
  }

  /** The part of the vocabulary that is under-trained. */
  public double underTrainedShare() {
    return (double) underTrained / encodable;
  }
}
