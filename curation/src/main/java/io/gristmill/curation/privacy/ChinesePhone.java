package io.gristmill.curation.privacy;

import com.google.re2j.Pattern;
import java.util.Optional;

/**
 * Telephone numbers of mainland China as they are written at home: mobile numbers (eleven digits,
 * in one piece or as 3-4-4, with or without +86) and landlines with their area code (010-12345678,
 * (0571)87654321). Numbers of services (400, 800, 95xxx, 110) name nobody and stay. So do eleven
 * bare digits with nothing near them that speaks of people: {@code "capacity": 13384966760}.
 */
final class ChinesePhone {
  private static final int MOBILE_DIGITS = 11;

  /** Third digits of mobile numbers by the second, from 3 on, as the MIIT has given them out. */
  private static final String[] THIRD = {
    "0123456789", "579", "012356789", "2567", "01235678", "0123456789", "012356789"
  };

  private static final int NEAR_BEFORE = 40;
  private static final int NEAR_AFTER = 16;
  private static final Pattern CONTACT =
      Pattern.compile(
          "(?i)@|\\p{Han}|\\b(?:tel|phone|telephone|mobile|cell|call|sms|whatsapp|contact)");

  private ChinesePhone() {}

  /** The mobile number that begins at a digit or at the plus sign of +86. */
  static Optional<Find> mobile(CharSequence text, int start) {
    if (!begins(text, start)) {
      return Optional.empty();
    }
    int at = afterCountryCode(text, start);
    char second = Ascii.at(text, at + 1);
    if (Ascii.at(text, at) != '1'
        || second < '3'
        || second > '9'
        || THIRD[second - '3'].indexOf(Ascii.at(text, at + 2)) < 0) {
      return Optional.empty();
    }
    int end = Ascii.digitsEnd(text, at, MOBILE_DIGITS);
    boolean bare = at == start;
    if (end - at == 3) {
      end = grouped(text, at, Ascii.at(text, at + 3));
      bare = false;
    }
    boolean whole = end - at >= MOBILE_DIGITS && Ascii.ends(text, end);
    return found(start, end, whole && (!bare || aboutPeople(text, start, end)));
  }

  /** The landline that begins at the 0 of its area code or at the parenthesis before it. */
  static Optional<Find> landline(CharSequence text, int start) {
    boolean parenthesis = Ascii.at(text, start) == '(';
    int area = parenthesis ? start + 1 : start;
    if (!begins(text, start) || Ascii.at(text, area) != '0' || Ascii.at(text, start - 1) == '-') {
      return Optional.empty();
    }
    char first = Ascii.at(text, area + 1);
    char second = Ascii.at(text, area + 2);
    boolean city = (first == '1' && second == '0') || (first == '2' && second != '6');
    boolean province = first >= '3' && first <= '9';
    int areaEnd = area + (city ? 3 : 4);
    char separator = Ascii.at(text, areaEnd);
    if ((!city && !province)
        || Ascii.digitsEnd(text, area, 5) != areaEnd
        || separator != (parenthesis ? ')' : '-')) {
      return Optional.empty();
    }
    int local = areaEnd + 1;
    if (Ascii.at(text, local) == ' ') {
      local++;
    }
    int end = localEnd(text, local);
    int digits = end - local;
    boolean grouped = digits > 0 && !Ascii.digit(Ascii.at(text, Ascii.digitsEnd(text, local, 9)));
    boolean complete =
        Ascii.at(text, local) >= '2'
            && Ascii.at(text, local) <= '8'
            && grouped
            && (digits >= 8 || (digits == 7 && province))
            && Ascii.ends(text, end)
            && !range(text, end);
    return found(start, end, complete);
  }

  /** The end of 7 or 8 digits, or of the same as 4-4 or 3-4; {@code from} if they are not there. */
  private static int localEnd(CharSequence text, int from) {
    int end = Ascii.digitsEnd(text, from, 9);
    int length = end - from;
    if (length == 7 || length == 8) {
      return end;
    }
    char separator = Ascii.at(text, end);
    boolean pieces =
        (length == 3 || length == 4)
            && (separator == '-' || separator == ' ')
            && Ascii.digitsEnd(text, end + 1, 5) == end + 5;
    return pieces ? end + 5 : from;
  }

  /** A hyphen and one or two digits go on; an extension of three or more may stay behind. */
  private static boolean range(CharSequence text, int end) {
    return Ascii.at(text, end) == '-' && Ascii.digitsEnd(text, end + 1, 5) - end - 1 > 4;
  }

  private static boolean aboutPeople(CharSequence text, int start, int end) {
    CharSequence before = text.subSequence(Math.max(0, start - NEAR_BEFORE), start);
    CharSequence after = text.subSequence(end, Math.min(text.length(), end + NEAR_AFTER));
    return (before.isEmpty() && after.isEmpty())
        || CONTACT.matcher(before).find()
        || CONTACT.matcher(after).find();
  }

  private static boolean begins(CharSequence text, int start) {
    char before = Ascii.at(text, start - 1);
    char ahead = Ascii.at(text, start - 2);
    boolean fraction = before == '.' && Ascii.digit(ahead);
    // A number in an address of the web: /post/15288874550/, -tickets-15288874550
    boolean path = (before == '/' || before == '-') && Ascii.letter(ahead);
    return !Ascii.wordPart(before) && !fraction && !path;
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

  private static Optional<Find> found(int start, int end, boolean complete) {
    return complete ? Optional.of(Find.of(Kind.PHONE, start, end)) : Optional.empty();
  }
}
