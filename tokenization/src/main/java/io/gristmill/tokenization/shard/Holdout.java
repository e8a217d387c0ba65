package io.gristmill.tokenization.shard;

import java.io.Serializable;

/**
 * The documents that are kept out of training, of the tokenizer's too: those whose cluster of
 * near-duplicates falls below a fraction by its hash. Whole clusters go together, so that no
 * held-out text has a near copy among the training texts.
 *
 * @param seed changes which clusters are held out
 * @param fraction the part of the clusters, 0 to 0.5
 */
public record Holdout(long seed, double fraction) implements Serializable {
  public Holdout {
    if (!(fraction >= 0 && fraction <= 0.5)) {
      throw new IllegalArgumentException(
          "shards.validation-fraction is %s, must be 0 to 0.5; 0.02 is usual".formatted(fraction));
    }
  }

  /** Where a document of this cluster belongs. */
  public Split split(String clusterId) {
    // Salted, so that the held-out documents are not also the first in the order of the shards.
    long hash = ShuffleHash.of(seed ^ 0x686f6c646f7574L, clusterId);
    return (hash >>> 11) * 0x1p-53 < fraction ? Split.VALIDATION : Split.TRAIN;
  }

  /** Whether documents of this cluster are kept out of training. */
  public boolean holds(String clusterId) {
    return split(clusterId) == Split.VALIDATION;
  }
}
