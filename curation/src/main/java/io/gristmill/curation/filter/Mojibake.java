package io.gristmill.curation.filter;

import java.util.BitSet;
import java.util.List;

/**
 * Finds text that was decoded by the wrong charset: UTF-8 taken for Windows-1252 ({@code Ã©},
 * {@code â€™}), UTF-8 taken for GBK (鈥, 銆, 锛 stand where marks stood), and the well-known remains
 * 锟斤拷 and 烫烫烫.
 */
final class Mojibake implements Finder {
  /** What the bytes 0x80 to 0x9F are in Windows-1252; 0 for those that are nothing. */
  private static final String WINDOWS_1252 = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

  /** What the first two bytes of “, 。 and ， in UTF-8 are in GBK. */
  private static final String MARKS_IN_GBK = "鈥銆锛";

  private static final Phrases REMAINS = new Phrases(List.of("锟斤拷", "烫烫烫", "屯屯屯", "ï¿½"));

  @Override
  public BitSet beginnings() {
    BitSet beginnings = (BitSet) REMAINS.beginnings().clone();
    MARKS_IN_GBK.chars().forEach(beginnings::set);
    for (int codePoint = 0x80; codePoint <= 0xFF; codePoint++) {
      if (continuations(codePoint) > 0) {
        beginnings.set(codePoint);
      }
    }
    return beginnings;
  }

  /** How many code points at a position are such; 0 for none. */
  @Override
  public int lengthAt(int[] text, int at) {
    int codePoint = text[at];
    if (MARKS_IN_GBK.indexOf(codePoint) >= 0) {
      return 1;
    }
    int continuations = continuations(codePoint);
    if (continuations > 0 && at + continuations < text.length) {
      int end = at + 1;
      while (end <= at + continuations && continuation(text[end])) {
        end++;
      }
      if (end > at + continuations) {
        return continuations + 1;
      }
    }
    return REMAINS.lengthAt(text, at);
  }

  /**
   * Bytes that follow a first byte of UTF-8. Of those with one, only the two that western text
   * needs: others stand before closing quotes in French.
   */
  private static int continuations(int codePoint) {
    if (codePoint == 0xC2 || codePoint == 0xC3) {
      return 1;
    }
    if (codePoint >= 0xE0 && codePoint <= 0xEF) {
      return 2;
    }
    return codePoint >= 0xF0 && codePoint <= 0xF4 ? 3 : 0;
  }

  private static boolean continuation(int codePoint) {
    return (codePoint >= 0x80 && codePoint <= 0xBF)
        || (codePoint > 0xFF && WINDOWS_1252.indexOf(codePoint) >= 0);
  }
}
