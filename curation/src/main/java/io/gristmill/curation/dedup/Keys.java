package io.gristmill.curation.dedup;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The keys under which a document meets its likely duplicates: one of its whole text, which is the
 * only one of a document shorter than a shingle, and its MinHash bands. For one text after the
 * other, not for several threads.
 */
final class Keys {
  private final FoldedText folded = new FoldedText();
  private final TextDigest digests = new TextDigest();
  private final Shingles shingles;
  private final MinHash minHash;

  Keys(MinHashConfig config) {
    this.shingles = new Shingles(config);
    this.minHash = new MinHash(config);
  }

  long[] of(String text) {
    long[] digest = digests.of(folded.fold(text));
    long exact = Tokens.mix(digest[0] ^ Tokens.mix(digest[1]));
    int[] found = shingles.of(folded);
    if (found.length == 0) {
      return new long[] {exact};
    }
    long[] bands = minHash.bandKeys(minHash.signature(found));
    long[] keys = Arrays.copyOf(bands, bands.length + 1);
    keys[bands.length] = exact;
    return keys;
  }

  /** Eight bytes a key. */
  static byte[] bytes(long[] keys) {
    ByteBuffer packed = ByteBuffer.allocate(Long.BYTES * keys.length);
    packed.asLongBuffer().put(keys);
    return packed.array();
  }
}
