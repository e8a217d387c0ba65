package io.gristmill.curation.dedup;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Text folded for comparison, never for output: Unicode NFKC with case folding (so full-width
 * letters, compatibility forms and invisible characters do not count) and traditional Han
 * characters replaced by their simplified forms one by one (臺灣 and 台湾 meet).
 */
public final class KeyText {
  private static final Normalizer2 NORMALIZER = Normalizer2.getNFKCCasefoldInstance();
  private static final char FIRST_HAN = '\u3400';
  private static final char LAST_HAN = '\u9fff';
  private static final char[] SIMPLIFIED = simplified();

  private KeyText() {}

  /** The folded text. */
  public static String fold(String text) {
    String normal = NORMALIZER.normalize(text);
    for (int i = 0; i < normal.length(); i++) {
      char c = normal.charAt(i);
      if (c >= FIRST_HAN && c <= LAST_HAN && SIMPLIFIED[c - FIRST_HAN] != c) {
        return simplifiedFrom(i, normal);
      }
    }
    return normal;
  }

  /**
   * 128 bits of the SHA-256 of a folded text with each run of white space as one blank and none at
   * the ends: equal for exact duplicates and for nothing else.
   *
   * @return high and low half
   */
  static long[] digest(String folded) {
    byte[] bytes = collapsed(folded).getBytes(StandardCharsets.UTF_8);
    byte[] hash = sha256().digest(bytes);
    return new long[] {bigEndian(hash, 0), bigEndian(hash, 8)};
  }

  private static String simplifiedFrom(int start, String text) {
    char[] chars = text.toCharArray();
    for (int i = start; i < chars.length; i++) {
      char c = chars[i];
      if (c >= FIRST_HAN && c <= LAST_HAN) {
        chars[i] = SIMPLIFIED[c - FIRST_HAN];
      }
    }
    return new String(chars);
  }

  private static String collapsed(String text) {
    var out = new StringBuilder(text.length());
    boolean pending = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        pending = !out.isEmpty();
      } else {
        if (pending) {
          out.append(' ');
          pending = false;
        }
        out.append(c);
      }
    }
    return out.toString();
  }

  /** The simplified form of every Han character of the basic plane, by ICU's character rules. */
  private static char[] simplified() {
    var rules = Transliterator.getInstance("Traditional-Simplified");
    var each = new StringBuilder();
    for (char c = FIRST_HAN; c <= LAST_HAN; c++) {
      each.append(c).append('\n');
    }
    String folded = rules.transliterate(each.toString());
    char[] table = new char[LAST_HAN - FIRST_HAN + 1];
    int at = 0;
    for (int i = 0; i < table.length; i++) {
      int end = folded.indexOf('\n', at);
      table[i] = end - at == 1 ? folded.charAt(at) : (char) (FIRST_HAN + i);
      at = end + 1;
    }
    return table;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-256", e);
    }
  }

  private static long bigEndian(byte[] bytes, int offset) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = (value << 8) | (bytes[offset + i] & 0xff);
    }
    return value;
  }
}
