package io.gristmill.trainer.kernel;

/**
 * Which elements of an array dropout keeps (Srivastava et al. 2014): a pure function of a key and
 * of an element's number, so that a backward pass finds the mask of its forward pass again without
 * storing it, and nothing depends on who computes which part.
 *
 * <p>Element i has the 24 high bits of a 32-bit hash as its uniform number: with f the finalizer of
 * MurmurHash3 (Appleby, public domain), f(f((first + i) xor low) + high).
 *
 * @param threshold an element is kept when its 24 bits are at least this; 0 keeps all
 * @param first number of the element at index 0; numbers wrap at 2^32
 * @param low half of the key
 * @param high the other half
 * @param scale 1 / (1 - rate): what elements that are kept are multiplied by
 */
public record DropoutMask(int threshold, int first, int low, int high, float scale) {
  static final int FIRST_FACTOR = 0x85EBCA6B;
  static final int SECOND_FACTOR = 0xC2B2AE35;
  static final int UNUSED_BITS = 8;

  /** The mask of a rate from 0 to below 1. */
  public static DropoutMask of(double rate, long key, int first) {
    return new DropoutMask(
        (int) Math.round(rate * (1 << 24)),
        first,
        (int) key,
        (int) (key >>> 32),
        (float) (1 / (1 - rate)));
  }

  /** Whether there is anything to drop. */
  public boolean drops() {
    return threshold > 0;
  }

  /** Whether the element at an index is kept. */
  public boolean keeps(int index) {
    return mixed(mixed((first + index) ^ low) + high) >>> UNUSED_BITS >= threshold;
  }

  static int mixed(int bits) {
    bits = (bits ^ (bits >>> 16)) * FIRST_FACTOR;
    bits = (bits ^ (bits >>> 13)) * SECOND_FACTOR;
    return bits ^ (bits >>> 16);
  }
}
