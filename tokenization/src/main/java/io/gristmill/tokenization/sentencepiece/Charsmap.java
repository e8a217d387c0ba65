package io.gristmill.tokenization.sentencepiece;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Rules by which text is normalised: a double-array trie as Darts-clone writes it, whose values are
 * places in a list of texts that each end with NUL. Immutable.
 *
 * <p>The blob is the trie's size in bytes (u32), its units (u32 each), and the texts, all
 * little-endian. A unit has its label in the lowest 8 bits; bit 8 says that a value hangs below it;
 * the upper 22 bits are the offset to what is below, in 256s if bit 9 is set. The highest bit marks
 * a value, which is the other 31.
 */
final class Charsmap {
  /** No rules: text stays as it is. */
  static final Charsmap IDENTITY = new Charsmap(new int[0], new byte[0]);

  /** What {@link #find} gives where no rule applies. */
  static final long NONE = 0;

  private static final int BLOCK = 256;

  private final int[] units;
  private final byte[] texts;

  /** Pairs of bytes that rules begin with. Most text begins none, and is not looked up. */
  private final BitSet beginnings = new BitSet(1 << 16);

  private Charsmap(int[] units, byte[] texts) {
    this.units = units;
    this.texts = texts;
    for (int first = 0; first < 256 && units.length > 0; first++) {
      int node = offset(0) ^ first;
      for (int second = 0; label(node) == first && second < 256; second++) {
        int below = node ^ offset(node) ^ second;
        beginnings.set(first << 8 | second, hasValue(node) || label(below) == second);
      }
    }
  }

  /**
   * Reads the rules.
   *
   * @throws IllegalArgumentException if the blob is damaged
   */
  static Charsmap read(byte[] blob) {
    if (blob.length == 0) {
      return IDENTITY;
    }
    ByteBuffer buffer = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN);
    int size = blob.length < 4 ? 0 : buffer.getInt();
    if (size <= 0 || size % (4 * BLOCK) != 0 || size >= blob.length - 4) {
      throw new IllegalArgumentException(
          "has %d bytes, of them a trie of %d, which must be a multiple of %d and leave texts"
              .formatted(blob.length, size, 4 * BLOCK));
    }
    int[] units = new int[size / 4];
    buffer.asIntBuffer().get(units);
    byte[] texts = new byte[blob.length - 4 - size];
    buffer.get(4 + size, texts);
    check(units, texts);
    return new Charsmap(units, texts);
  }

  /** What is checked here need not be when text is looked up. */
  private static void check(int[] units, byte[] texts) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(texts));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("has texts that are not UTF-8", e);
    }
    if (texts[texts.length - 1] != 0) {
      throw new IllegalArgumentException("has a last text that does not end with NUL");
    }
    for (int i = 0; i < units.length; i++) {
      if (units[i] < 0) {
        continue;
      }
      int below = i ^ offset(units, i);
      boolean sound = below >= 0 && below < units.length;
      if (sound && (units[i] & 0x100) != 0) {
        int value = units[below] & Integer.MAX_VALUE;
        sound = units[below] < 0 && value < texts.length && (texts[value] & 0xC0) != 0x80;
      }
      if (!sound) {
        throw new IllegalArgumentException("has unit %d pointing nowhere".formatted(i));
      }
    }
  }

  /**
   * The longest rule that applies at {@code at}: its length in bytes in the upper half, the place
   * of its text in the lower; or {@link #NONE}.
   */
  long find(byte[] text, int at, int to) {
    if (at + 1 < to ? !mayBegin(text[at], text[at + 1]) : units.length == 0) {
      return NONE;
    }
    long longest = NONE;
    int node = offset(0);
    for (int i = at; i < to; i++) {
      int label = text[i] & 0xFF;
      node ^= label;
      if (label(node) != label) {
        break;
      }
      boolean hasValue = hasValue(node);
      node ^= offset(node);
      if (hasValue) {
        longest = (long) (i + 1 - at) << 32 | (units[node] & Integer.MAX_VALUE);
      }
    }
    return longest;
  }

  /** Whether a rule may apply where these two bytes stand. */
  boolean mayBegin(byte first, byte second) {
    return beginnings.get((first & 0xFF) << 8 | (second & 0xFF));
  }

  /** The texts; one begins at the place that {@link #find} gives and ends before the next NUL. */
  byte[] texts() {
    return texts;
  }

  private int offset(int unit) {
    return offset(units, unit);
  }

  private static int offset(int[] units, int unit) {
    return units[unit] >>> 10 << ((units[unit] & 0x200) >> 6);
  }

  /** The label; of a value something that is no byte. */
  private int label(int unit) {
    return units[unit] & (Integer.MIN_VALUE | 0xFF);
  }

  private boolean hasValue(int unit) {
    return (units[unit] & 0x100) != 0;
  }
}
