package io.gristmill.curation.charset;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * UTF-16 without a byte-order mark. Its bytes hold zeros and control characters that no other
 * charset has in text, for the high byte of Latin is 0, that of CJK punctuation 0x30 beside 0x02,
 * and the low byte of Han may be any; in one of the two orders they are writing.
 */
final class Utf16 {
  private static final int SAMPLED = 1 << 12;

  /** The share of ASCII and of frequent characters that text has. */
  private static final double LEAST = 0.2;

  /** How much more it has than the same bytes in the other order. */
  private static final double CLEARLY = 3;

  /** One character in so many may be none: what is sampled may end within one. */
  private static final int FEW = 100;

  private Utf16() {}

  static Optional<Charset> withoutMark(byte[] bytes) {
    int count = Math.min(bytes.length, SAMPLED) & ~1;
    if (count < 8 || !holdsControls(bytes, count)) {
      return Optional.empty();
    }
    double little = score(new String(bytes, 0, count, StandardCharsets.UTF_16LE));
    double big = score(new String(bytes, 0, count, StandardCharsets.UTF_16BE));
    if (Math.max(little, big) < Math.max(LEAST, CLEARLY * Math.min(little, big))) {
      return Optional.empty();
    }
    return Optional.of(little > big ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
  }

  private static boolean holdsControls(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (isControl(bytes[i] & 0xff) && bytes[i] != 0x1b) { // which shifts in ISO-2022
        return true;
      }
    }
    return false;
  }

  /** The share of ASCII and of characters that are frequent in writing; 0 for what is none. */
  private static double score(String text) {
    int good = 0;
    int wrong = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 ? !isControl(c) : Plausibility.isFrequent(c)) {
        good++;
      } else if (c < 0xa0
          || c == '\ufffd'
          || Character.getType(c) == Character.UNASSIGNED
          || Character.getType(c) == Character.PRIVATE_USE) {
        wrong++;
      }
    }
    return wrong > 1 + text.length() / FEW ? 0 : (double) good / text.length();
  }

  private static boolean isControl(int octet) {
    return octet < 0x20 && octet != '\t' && octet != '\n' && octet != '\r' && octet != '\f';
  }
}
