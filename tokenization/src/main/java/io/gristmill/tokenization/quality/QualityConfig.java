package io.gristmill.tokenization.quality;

/**
 * How a tokenizer is judged.
 *
 * @param sample the documents that are looked at
 * @param underTrainedBelow a token that all of the training text would have less often is
 *     under-trained; its count is estimated from the sample
 * @param listed how long the lists of rare and of long tokens may be
 */
public record QualityConfig(Sample sample, long underTrainedBelow, int listed) {
  public QualityConfig {
    if (underTrainedBelow < 1) {
      throw new IllegalArgumentException(
          "--under-trained is %d, must be at least 1; 100 is usual".formatted(underTrainedBelow));
    }
  }

  /** The threshold as a count in the sample. */
  double underTrainedInSample() {
    return underTrainedBelow * sample.fraction();
  }
}
