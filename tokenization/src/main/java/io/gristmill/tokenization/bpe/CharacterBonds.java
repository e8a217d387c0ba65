package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.vocabulary.Vocabulary;

/**
 * Which neighbouring characters some token of a vocabulary holds together. Between two that no
 * token holds no merge can ever be applied, so a piece may be cut there and its parts encoded on
 * their own, to the same ids. That turns a clause of Han, which is hardly met twice, into parts of
 * a few characters, which are met all the time.
 *
 * <p>A set of pairs as bits of their hashes: a pair may be taken for one that is held, which costs
 * a cut, never the other way round. Tokens that begin or end inside a character (GPT-2's kind of
 * vocabulary has them) hold every character with that byte there.
 */
final class CharacterBonds {
  private static final int BITS_PER_PAIR = 32;

  /** Stands for a character of which one byte is known: beyond all characters. */
  private static final int PART = 0x200000;

  private final long[] bits;
  private final int shift;
  private boolean parts;

  CharacterBonds(Vocabulary vocabulary) {
    int size = 16;
    long wanted = (long) BITS_PER_PAIR * vocabulary.size();
    while (1L << size < wanted && size < 26) {
      size++;
    }
    bits = new long[1 << (size - 6)];
    shift = 64 - size;
    for (int id = 0; id < vocabulary.size(); id++) {
      if (!vocabulary.isAdded(id)) {
        addToken(vocabulary.bytes(id));
      }
    }
  }

  private void addToken(byte[] token) {
    for (int at = 1; at < token.length; at++) {
      if (Utf8.begins(token[at])) {
        addPlace(token, at);
      }
    }
  }

  private void addPlace(byte[] token, int at) {
    int from = at - 1;
    while (from > 0 && !Utf8.begins(token[from])) {
      from--;
    }
    boolean leftWhole = Utf8.begins(token[from]);
    boolean rightWhole = at + Utf8.length(token[at]) <= token.length;
    int left = leftWhole ? Utf8.character(token, from, at) : PART + (token[at - 1] & 0xFF);
    int right = rightWhole ? Utf8.character(token, at, token.length) : PART + (token[at] & 0xFF);
    if (left < 0 || right < 0 || (leftWhole && from + Utf8.length(token[from]) != at)) {
      return; // not the border of two characters of well-formed text
    }
    parts |= !leftWhole || !rightWhole;
    long hash = hash(left, right);
    bits[(int) (hash >>> 6)] |= 1L << hash;
  }

  /**
   * Whether a token may hold the two characters together.
   *
   * @param lastByte of the left one
   * @param firstByte of the right one
   */
  boolean hold(int left, int right, int lastByte, int firstByte) {
    return contains(left, right) || (parts && holdInPart(left, right, lastByte, firstByte));
  }

  /** Whether some token begins or ends inside a character and goes on beyond it. */
  boolean holdParts() {
    return parts;
  }

  private boolean holdInPart(int left, int right, int lastByte, int firstByte) {
    int last = PART + (lastByte & 0xFF);
    int first = PART + (firstByte & 0xFF);
    return contains(left, first) || contains(last, right) || contains(last, first);
  }

  private boolean contains(int left, int right) {
    long hash = hash(left, right);
    return (bits[(int) (hash >>> 6)] >>> hash & 1) != 0;
  }

  private long hash(int left, int right) {
    return (((long) left << 22 ^ right) * 0x9E3779B97F4A7C15L) >>> shift;
  }
}
