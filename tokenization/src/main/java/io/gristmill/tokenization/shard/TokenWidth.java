package io.gristmill.tokenization.shard;

import io.gristmill.tokenization.Tokens;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** How a token id is stored: two or four bytes, unsigned, little-endian. */
public enum TokenWidth {
  U16(2),
  U32(4);

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int bytes;

  TokenWidth(int bytes) {
    this.bytes = bytes;
  }

  /** The narrowest width that holds every id of a vocabulary. */
  public static TokenWidth of(int vocabularySize) {
    return vocabularySize <= 1 << 16 ? U16 : U32;
  }

  /** Bytes per token. */
  public int bytes() {
    return bytes;
  }

  /** The name in shards.json. */
  public String key() {
    return this == U16 ? "u16" : "u32";
  }

  /** The width with this name. */
  static TokenWidth named(String key) {
    return switch (key) {
      case "u16" -> U16;
      case "u32" -> U32;
      default ->
          throw new IllegalArgumentException("dtype is %s, must be u16 or u32".formatted(key));
    };
  }

  /** The stored form of the ids. */
  public byte[] pack(int[] tokens) {
    byte[] packed = new byte[Math.multiplyExact(tokens.length, bytes)];
    for (int i = 0; i < tokens.length; i++) {
      pack(tokens[i], packed, i);
    }
    return packed;
  }

  /** The stored form of the ids. */
  public byte[] pack(Tokens tokens) {
    byte[] packed = new byte[Math.multiplyExact(tokens.size(), bytes)];
    for (int i = 0; i < tokens.size(); i++) {
      pack(tokens.get(i), packed, i);
    }
    return packed;
  }

  /** Stores {@code id} as token {@code token} of {@code packed}. */
  public void pack(int id, byte[] packed, int token) {
    if (this == U16) {
      SHORTS.set(packed, 2 * token, (short) id);
    } else {
      INTS.set(packed, 4 * token, id);
    }
  }

  /** The id of token {@code token} of {@code packed}; in four bytes perhaps negative. */
  public int unpack(byte[] packed, int token) {
    return this == U16
        ? (short) SHORTS.get(packed, 2 * token) & 0xffff
        : (int) INTS.get(packed, 4 * token);
  }

  /**
   * Reads {@code length} ids, the first of them token {@code token} of {@code packed}, into {@code
   * tokens}.
   */
  void unpack(byte[] packed, int token, int[] tokens, int from, int length) {
    for (int i = 0; i < length; i++) {
      tokens[from + i] = unpack(packed, token + i);
    }
  }

  /** The index of the first token of {@code packed} that is not below {@code size}, or -1. */
  public int indexOfAtLeast(byte[] packed, int size) {
    for (int i = 0; i < packed.length / bytes; i++) {
      if (Integer.compareUnsigned(unpack(packed, i), size) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
