package io.gristmill.curation.dedup;

import io.gristmill.curation.dedup.Duplicate.Survivor;
import java.io.Serializable;
import java.util.Optional;

/**
 * What of a text decides whether another is its duplicate.
 *
 * @param digestHigh with {@code digestLow}: equal for documents of equal folded text
 * @param shingles its shingle set; empty when shorter than a shingle
 */
record Content(long digestHigh, long digestLow, ShingleSet shingles) implements Serializable {

  /** Why a document of this content goes, if {@code survivor} stays and has the other. */
  Optional<Survivor> duplicateOf(Node survivor, Content other, double similarity) {
    if (digestHigh == other.digestHigh && digestLow == other.digestLow) {
      return Optional.of(new Survivor(Duplicate.EXACT_DUPLICATE, survivor.id(), 1));
    }
    double found = shingles.jaccard(other.shingles, similarity);
    return found < 0
        ? Optional.empty()
        : Optional.of(new Survivor(Duplicate.NEAR_DUPLICATE, survivor.id(), found));
  }

  /** Reads one text after the other; not for several threads. */
  static final class Reader {
    private final FoldedText folded = new FoldedText();
    private final TextDigest digests = new TextDigest();
    private final Shingles shingles;

    Reader(MinHashConfig config) {
      this.shingles = new Shingles(config);
    }

    Content of(String text) {
      long[] digest = digests.of(folded.fold(text));
      return new Content(digest[0], digest[1], ShingleSet.of(shingles.of(folded)));
    }
  }
}
