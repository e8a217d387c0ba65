package io.gristmill.curation.privacy;

import java.util.Optional;

/**
 * Numbers of bank cards: the prefix and length of a known network (ISO/IEC 7812), the check digit
 * by Luhn, in one piece, in fours, or as 4-6-5.
 */
final class BankCard {
  private static final int FEWEST_DIGITS = 13;
  private static final int MOST_DIGITS = 19;

  private BankCard() {}

  /** The card number that begins at a digit. */
  static Optional<Find> at(CharSequence text, int start) {
    char before = Ascii.at(text, start - 1);
    boolean goesOn =
        (before == '-' || before == ' ' || before == '.') && Ascii.digit(Ascii.at(text, start - 2));
    if (Ascii.wordPart(before) || goesOn || before == '#' || before == '=' || before == '/') {
      return Optional.empty();
    }
    int first = Ascii.digitsEnd(text, start, MOST_DIGITS + 1);
    char separator = Ascii.at(text, first);
    boolean pieces = first - start == 4 && (separator == ' ' || separator == '-');
    int end = pieces ? piecesEnd(text, start, separator) : first;
    char after = Ascii.at(text, end);
    boolean ends =
        Ascii.ends(text, end)
            && !((after == '-' || after == ' ') && Ascii.digit(Ascii.at(text, end + 1)));
    return ends && valid(text, start, end)
        ? Optional.of(Find.of(Kind.BANK_CARD, start, end))
        : Optional.empty();
  }

  /** The end of 4-4-4-4, 4-4-4-4-3 or 4-6-5 digits; the start if they are not there. */
  private static int piecesEnd(CharSequence text, int start, char separator) {
    int at = start + 4;
    int second = Ascii.digitsEnd(text, at + 1, 7) - at - 1;
    int[] lengths = second == 6 ? new int[] {6, 5} : new int[] {4, 4, 4};
    for (int length : lengths) {
      if (Ascii.at(text, at) != separator
          || Ascii.digitsEnd(text, at + 1, length + 1) != at + 1 + length) {
        return start;
      }
      at += 1 + length;
    }
    boolean nineteen =
        second == 4
            && Ascii.at(text, at) == separator
            && Ascii.digitsEnd(text, at + 1, 4) == at + 4;
    return nineteen ? at + 4 : at;
  }

  private static boolean valid(CharSequence text, int start, int end) {
    if (end - start < FEWEST_DIGITS) {
      return false;
    }
    int digits = 0;
    int prefix = 0; // of four digits
    int sum = 0;
    for (int at = end - 1; at >= start; at--) {
      char c = Ascii.at(text, at);
      if (Ascii.digit(c)) {
        int digit = c - '0';
        int counted = digits % 2 == 0 ? digit : 2 * digit;
        sum += counted > 9 ? counted - 9 : counted;
        digits++;
      }
    }
    for (int at = start; at < start + 4; at++) {
      prefix = prefix * 10 + Ascii.at(text, at) - '0';
    }
    return sum % 10 == 0 && network(prefix, digits);
  }

  /** Whether a network gives out numbers with these first four digits and of this length. */
  private static boolean network(int prefix, int digits) {
    int two = prefix / 100;
    boolean visa = prefix / 1000 == 4 && digits == 16;
    boolean mastercard = (two >= 51 && two <= 55) || (prefix >= 2221 && prefix <= 2720);
    boolean american = (two == 34 || two == 37) && digits == 15;
    boolean japanese = prefix >= 3528 && prefix <= 3589;
    boolean diners = two == 36 && digits == 14;
    boolean discover = prefix == 6011 || two == 65;
    boolean union = two == 62 && digits >= 16;
    return visa
        || american
        || diners
        || union
        || ((mastercard || japanese || discover) && digits == 16);
  }
}
