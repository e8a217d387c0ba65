package io.gristmill.curation.privacy;

import java.time.YearMonth;
import java.util.Optional;

/**
 * Identity numbers of mainland China (GB 11643-1999): region, date of birth, sequence, check digit
 * by ISO 7064 MOD 11-2; 18 characters.
 */
final class IdentityNumber {
  private static final int DIGITS = 18;
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECK_DIGITS = "10X98765432";

  /**
   * Last second digit of the provinces' codes by their first: 11-15, 21-23, 31-37, 41-46, 50-54,
   * 61-65, 71, 81-83, 91.
   */
  private static final String LAST_PROVINCE = "-537645131"; // GB/T 2260

  private IdentityNumber() {}

  /** The identity number that begins at a digit. */
  static Optional<Find> at(CharSequence text, int start) {
    int last = start + DIGITS - 1;
    if (Ascii.wordPart(Ascii.at(text, start - 1))
        || Ascii.digitsEnd(text, start, DIGITS - 1) != last) {
      return Optional.empty();
    }
    char check = Character.toUpperCase(Ascii.at(text, last));
    boolean valid =
        Ascii.ends(text, last + 1)
            && province(text, start)
            && birth(text, start + 6)
            && check == check(text, start);
    return valid ? Optional.of(Find.of(Kind.IDENTITY_NUMBER, start, last + 1)) : Optional.empty();
  }

  private static boolean province(CharSequence text, int start) {
    char first = Ascii.at(text, start);
    char last = LAST_PROVINCE.charAt(first - '0');
    char second = Ascii.at(text, start + 1);
    boolean fifties = first == '5' && second == '0';
    return last != '-' && second <= last && (second >= '1' || fifties);
  }

  private static boolean birth(CharSequence text, int from) {
    int year = Ascii.number(text, from, from + 4);
    int month = Ascii.number(text, from + 4, from + 6);
    int day = Ascii.number(text, from + 6, from + 8);
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
      sum += WEIGHTS[digit] * (Ascii.at(text, start + digit) - '0');
    }
    return CHECK_DIGITS.charAt(sum % 11);
  }
}
