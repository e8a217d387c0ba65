package io.gristmill.tokenization;

import java.util.SplittableRandom;

/** Text that looks for trouble: every plane, white space of all kinds, digits, marks, emoji. */
public final class RandomText {
  private static final String[] TRICKY = {
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\u3000",
    "\u00A0",
    "\u0085",
    "\u2028",
    "\u1680",
    "\u200B",
    "\uFEFF",
    "\0",
    "\u0001",
    "'s",
    "'S",
    "'ll",
    "'RE",
    "'\u017F",
    "'",
    "\u2019s",
    "1",
    "23",
    "4567",
    "\uFF11",
    "\u3007",
    "\u00B2",
    "\u0663",
    "a",
    "Ab",
    "AB",
    "ab",
    "Word",
    "hELLO",
    "\u00E9",
    "e\u0301",
    "\u0301",
    "\u0416\u0436",
    "\u03A9",
    "\u4E2D",
    "\u6587",
    "\u4E00\u9FA5",
    "\u9FA6",
    "\u3005",
    "\u3042",
    "\u30AB",
    "\u30FB",
    "\u30FC",
    "\u3099",
    "\u309B",
    "\uAC00",
    "\uFF0C",
    "\u3002",
    "!",
    "/",
    "\\",
    "~",
    "`",
    "(",
    ")",
    "_",
    "=",
    "==",
    "--",
    "...",
    "@",
    "#",
    "$",
    "+",
    "<|endoftext|>",
    "\uD83D\uDE00",
    "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
    "\uD83C\uDDE8\uD83C\uDDF3",
    "\u2764\uFE0F",
    "\uD840\uDC0B",
    "\uD835\uDC00",
    "\u01C5",
    "\u02B0",
    "\u00AA",
    "\u0903",
    "\u20DD",
    "\u2160",
    "\uE000",
    "\u0378",
    "\u0E40\u0E01"
  };

  private RandomText() {}

  /** Up to {@code most} random parts joined. */
  public static String of(SplittableRandom random, int most) {
    var text = new StringBuilder();
    for (int n = random.nextInt(most + 1); n > 0; n--) {
      if (random.nextInt(8) == 0) {
        text.appendCodePoint(codePoint(random));
      } else {
        text.append(TRICKY[random.nextInt(TRICKY.length)]);
      }
    }
    return text.toString();
  }

  private static int codePoint(SplittableRandom random) {
    while (true) {
      int limit = random.nextInt(3) == 0 ? Character.MAX_CODE_POINT + 1 : 0x3400;
      int codePoint = random.nextInt(limit);
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        return codePoint;
      }
    }
  }
}
