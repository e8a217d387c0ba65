package io.gristmill.curation.privacy;

import java.time.YearMonth;
import java.util.Optional;

/**
 * Mainland Chinese mobile numbers (1[3-9] and nine digits, in one piece or as 3-4-4, with or
 * without +86) and identity numbers (GB 11643-1999: region, date of birth, sequence, check digit by
 * ISO 7064 MOD 11-2).
 */
final class ChineseNumber {
  private static final int MOBILE_DIGITS = 11;
  private static final int IDENTITY_DIGITS = 18;
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECK_DIGITS = "10X98765432";

  /**
   * Last second digit of the provinces' codes by their first: 11-15, 21-23, 31-37, 41-46, 50-54,
   * 61-65, 71, 81-83, 91.
   */
  private static final String LAST_PROVINCE = "-537645131"; // GB/T 2260

  private ChineseNumber() {}

  /** The mobile number that begins at a digit or at the plus sign of +86. */
  static Optional<Find> mobile(CharSequence text, int start) {
    char before = Ascii.at(text, start - 1);
    char ahead = Ascii.at(text, start - 2);
    boolean fraction = before == '.' && Ascii.digit(ahead);
    // A number in an address of the web: /post/15288874550/
    boolean path = before == '/' && Ascii.letter(ahead);
    if (Ascii.alphanumeric(before) || before == '_' || fraction || path) {
      return Optional.empty();
    }
    int at = afterCountryCode(text, start);
    if (Ascii.at(text, at) != '1' || Ascii.at(text, at + 1) < '3' || Ascii.at(text, at + 1) > '9') {
      return Optional.empty();
    }
    int end = Ascii.digitsEnd(text, at, MOBILE_DIGITS);
    if (end - at == 3) {
      end = grouped(text, at, Ascii.at(text, at + 3));
    }
    boolean complete = end - at >= MOBILE_DIGITS && bounded(text, end);
    return complete ? Optional.of(new Find(Kind.PHONE, start, end)) : Optional.empty();
  }

  /** The identity number that begins at a digit. */
  static Optional<Find> identity(CharSequence text, int start) {
    char before = Ascii.at(text, start - 1);
    int last = start + IDENTITY_DIGITS - 1;
    if (Ascii.alphanumeric(before)
        || before == '_'
        || Ascii.digitsEnd(text, start, IDENTITY_DIGITS - 1) != last) {
      return Optional.empty();
    }
    char check = Character.toUpperCase(Ascii.at(text, last));
    boolean valid =
        bounded(text, last + 1)
            && province(text, start)
            && birth(text, start + 6)
            && check == check(text, start);
    return valid ? Optional.of(new Find(Kind.IDENTITY_NUMBER, start, last + 1)) : Optional.empty();
  }

  private static int afterCountryCode(CharSequence text, int start) {
    int at = start;
    if (Ascii.at(text, at) == '+') {
      at++;
    } else if (Ascii.at(text, at) == '0' && Ascii.at(text, at + 1) == '0') {
      at += 2;
    }
    if (Ascii.at(text, at) != '8' || Ascii.at(text, at + 1) != '6') {
      return start;
    }
    at += 2;
    return Ascii.at(text, at) == '-' || Ascii.at(text, at) == ' ' ? at + 1 : at;
  }

  private static int grouped(CharSequence text, int at, char separator) {
    boolean groups =
        (separator == ' ' || separator == '-')
            && Ascii.digitsEnd(text, at + 4, 5) == at + 8
            && Ascii.at(text, at + 8) == separator
            && Ascii.digitsEnd(text, at + 9, 5) == at + 13;
    return groups ? at + 13 : at;
  }

  private static boolean bounded(CharSequence text, int end) {
    char after = Ascii.at(text, end);
    boolean fraction = after == '.' && Ascii.digit(Ascii.at(text, end + 1));
    return !Ascii.alphanumeric(after) && after != '_' && !fraction;
  }

  private static boolean province(CharSequence text, int start) {
    char last = LAST_PROVINCE.charAt(text.charAt(start) - '0');
    char second = text.charAt(start + 1);
    boolean fifties = text.charAt(start) == '5' && second == '0';
    return last != '-' && second <= last && (second >= '1' || fifties);
  }

  private static boolean birth(CharSequence text, int from) {
    int year = Integer.parseInt(text, from, from + 4, 10);
    int month = Integer.parseInt(text, from + 4, from + 6, 10);
    int day = Integer.parseInt(text, from + 6, from + 8, 10);
    return year >= 1900
        && year < 2100
        && month >= 1
        && month <= 12
        && day >= 1
        && YearMonth.of(year, month).isValidDay(day);
  }

  private static char check(CharSequence text, int start) {
    int sum = 0;
    for (int digit = 0; digit < WEIGHTS.length; digit++) {
      sum += WEIGHTS[digit] * (text.charAt(start + digit) - '0');
    }
    return CHECK_DIGITS.charAt(sum % 11);
  }
}
