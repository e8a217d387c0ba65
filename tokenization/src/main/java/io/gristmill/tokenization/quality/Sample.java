package io.gristmill.tokenization.quality;

import io.gristmill.tokenization.shard.ShuffleHash;
import java.io.Serializable;

/**
 * The documents that are looked at: those whose hash of the id falls below a fraction. A larger
 * sample holds every document of a smaller one.
 *
 * @param fraction of the documents, above 0 to 1
 */
public record Sample(double fraction) implements Serializable {
  private static final long SALT = 0x7175616c697479L; // so that it is no part of the shards' order

  public Sample {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException(
          "--sample is %s, must be above 0 and at most 1; 0.1 is usual for a large corpus"
              .formatted(fraction));
    }
  }

  /** Whether the document with this id is looked at. */
  boolean takes(String id) {
    return (ShuffleHash.of(SALT, id) >>> 11) * 0x1p-53 < fraction;
  }
}
