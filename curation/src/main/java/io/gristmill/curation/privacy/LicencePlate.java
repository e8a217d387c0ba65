package io.gristmill.curation.privacy;

import java.util.Optional;

/**
 * Licence plates of mainland China (GA 36-2018): the character of a province, the letter of an
 * office, and five places with at most two letters, or six on plates of electric cars; a point may
 * stand behind the letter. 挂, 学, 警, 港 and 澳 may take the last of five places.
 */
final class LicencePlate {
  private static final String PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
  private static final String LAST = "挂学警港澳";

  private LicencePlate() {}

  /** The plate whose office's letter stands at {@code at}. */
  static Optional<Find> around(CharSequence text, int at) {
    char letter = Ascii.at(text, at);
    if (PROVINCES.indexOf(Ascii.at(text, at - 1)) < 0 || !placed(letter) || Ascii.digit(letter)) {
      return Optional.empty();
    }
    char point = Ascii.at(text, at + 1);
    int from = point == '·' || point == '•' || point == '.' || point == ' ' ? at + 2 : at + 1;
    int end = from;
    int letters = 0;
    while (end < from + 6 && placed(Ascii.at(text, end))) {
      if (!Ascii.digit(Ascii.at(text, end))) {
        letters++;
      }
      end++;
    }
    boolean electric = end - from == 6 && electric(text, from, letters);
    if (end - from == 4 && LAST.indexOf(Ascii.at(text, end)) >= 0) {
      end++;
    }
    boolean whole = electric || (end - from == 5 && letters <= 2);
    char after = Ascii.at(text, end);
    boolean ends = Ascii.ends(text, end) && after != '-' && after != '%';
    return whole && ends ? Optional.of(Find.of(Kind.LICENCE_PLATE, at - 1, end)) : Optional.empty();
  }

  /** Small cars: a letter from A to K, a place, four digits; large ones: five digits, a letter. */
  private static boolean electric(CharSequence text, int from, int letters) {
    char first = Ascii.at(text, from);
    char last = Ascii.at(text, from + 5);
    boolean small = first >= 'A' && first <= 'K' && Ascii.digitsEnd(text, from + 2, 4) == from + 6;
    boolean large = last >= 'A' && last <= 'K' && letters == 1;
    return small || large;
  }

  /** Digits and capitals without I and O, which look like digits. */
  private static boolean placed(char c) {
    return Ascii.digit(c) || (c >= 'A' && c <= 'Z' && c != 'I' && c != 'O');
  }
}
