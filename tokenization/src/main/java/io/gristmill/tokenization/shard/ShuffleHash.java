package io.gristmill.tokenization.shard;

/**
 * A 64-bit hash of a text under a seed: the order of the documents in the shards and the choice of
 * the held-out ones. FNV-1a over the UTF-16 units, then the finaliser of SplitMix64 (Steele et al.
 * 2014). For shuffling, not for secrecy.
 */
public final class ShuffleHash {
  private ShuffleHash() {}

  /** The hash of {@code text}; all 64 bits are used, so compare it as unsigned. */
  public static long of(long seed, CharSequence text) {
    long hash = mix(seed);
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash ^ text.length());
  }

  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
