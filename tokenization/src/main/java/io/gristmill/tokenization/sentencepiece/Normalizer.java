package io.gristmill.tokenization.sentencepiece;

import io.gristmill.tokenization.normalization.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Changes text as the model was trained on it: rules, then spaces. Texts of user-defined pieces
 * stay as they are. Holds the text that it made; not thread-safe.
 */
final class Normalizer {
  /** What stands for a space inside pieces. */
  static final String SPACE = "\u2581";

  private static final byte[] SPACE_BYTES = SPACE.getBytes(StandardCharsets.UTF_8);
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

  private final NormalizerSpec spec;
  private final Charsmap charsmap;
  private final boolean whitespaceAsSuffix;
  private final ByteTrie userDefined;
  private final boolean[] beginsUserDefined = new boolean[256];
  private final byte[] space;

  private byte[] bytes = new byte[1 << 10];
  private int length;

  // What the characters at hand become: a part of an array, and how many bytes they are.
  private byte[] becomes = {};
  private int becomesFrom;
  private int becomesTo;
  private int consumed;

  Normalizer(NormalizerSpec spec, boolean whitespaceAsSuffix, ByteTrie userDefined) {
    this.spec = spec;
    this.charsmap = spec.charsmap();
    this.whitespaceAsSuffix = whitespaceAsSuffix;
    this.userDefined = userDefined;
    this.space = spec.escapeWhitespaces() ? SPACE_BYTES : new byte[] {' '};
    for (int b = 0; b < 256; b++) {
      beginsUserDefined[b] = userDefined.below(ByteTrie.ROOT, (byte) b) != ByteTrie.NONE;
    }
  }

  /** The text made last, well-formed UTF-8, in its first {@link #length} bytes. */
  byte[] bytes() {
    return bytes;
  }

  /** How many bytes the text made last has. */
  int length() {
    return length;
  }

  /** Makes the text of any bytes; what is malformed in them becomes U+FFFD, byte by byte. */
  void normalize(byte[] text, int from, int to) {
    length = 0;
    int at = from;
    while (spec.removeExtraWhitespaces() && at < to && beginsWithSpace(text, at, to)) {
      at += consumed;
    }
    if (at == to) {
      return;
    }
    if (spec.addDummyPrefix() && !whitespaceAsSuffix) {
      append(space, 0, space.length);
    }
    appendNormalized(text, at, to);
    while (spec.removeExtraWhitespaces() && endsWithSpace()) {
      length -= space.length;
    }
    if (spec.addDummyPrefix() && whitespaceAsSuffix) {
      append(space, 0, space.length);
    }
  }

  private void appendNormalized(byte[] text, int from, int to) {
    boolean afterSpace = spec.removeExtraWhitespaces();
    int at = from;
    while (at < to) {
      look(text, at, to);
      at += consumed;
      while (afterSpace && becomesFrom < becomesTo && becomes[becomesFrom] == ' ') {
        becomesFrom++;
      }
      if (becomesFrom < becomesTo) {
        afterSpace = spec.removeExtraWhitespaces() && becomes[becomesTo - 1] == ' ';
        appendEscaped();
      }
    }
  }

  private void appendEscaped() {
    for (int i = becomesFrom; i < becomesTo; i++) {
      if (becomes[i] == ' ') {
        append(space, 0, space.length);
      } else {
        append(becomes, i, i + 1);
      }
    }
  }

  private boolean beginsWithSpace(byte[] text, int at, int to) {
    look(text, at, to);
    return becomesTo - becomesFrom == 1 && becomes[becomesFrom] == ' ';
  }

  private boolean endsWithSpace() {
    return length >= space.length
        && Arrays.equals(bytes, length - space.length, length, space, 0, space.length);
  }

  /** Sets what the characters at {@code at} become. */
  private void look(byte[] text, int at, int to) {
    int userDefinedLength =
        beginsUserDefined[text[at] & 0xFF] ? userDefined.longest(text, at, to) : 0;
    if (userDefinedLength > 0) {
      becomes(text, at, at + userDefinedLength, userDefinedLength);
      return;
    }
    long rule = charsmap.find(text, at, to);
    if (rule != Charsmap.NONE) {
      byte[] texts = charsmap.texts();
      int end = (int) rule;
      while (texts[end] != 0) {
        end++;
      }
      becomes(texts, (int) rule, end, (int) (rule >>> 32));
      return;
    }
    int characterLength = Utf8.length(text, at, to);
    if (characterLength > 0) {
      becomes(text, at, at + characterLength, characterLength);
    } else {
      becomes(REPLACEMENT, 0, REPLACEMENT.length, 1);
    }
  }

  private void becomes(byte[] from, int start, int end, int bytesConsumed) {
    becomes = from;
    becomesFrom = start;
    becomesTo = end;
    consumed = bytesConsumed;
  }

  private void append(byte[] from, int start, int end) {
    if (end - start > bytes.length - length) {
      long wanted = Math.max(length + (long) (end - start), length + (long) (length >> 1));
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
    }
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
  }
}
