package io.gristmill.curation.privacy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;

/**
 * Telephone numbers of any country behind a plus sign and its code (ITU-T E.164), and those of
 * North America as they are written there: (212) 736-5000, 212-736-5000. A number counts when the
 * numbering plan of its country has it, but for numbers of services (free or shared in cost), which
 * name nobody; the plans are those of libphonenumber.
 */
final class WorldPhone {
  private static final int MOST_DIGITS = 15; // E.164, section 6
  private static final int FEWEST_DIGITS = 8;
  private static final String HOME = "US";

  private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();

  /** The number that begins at a plus sign. */
  Optional<Find> international(CharSequence text, int start) {
    char before = Ascii.at(text, start - 1);
    if (Ascii.wordPart(before) || before == '+' || !Ascii.digit(Ascii.at(text, start + 1))) {
      return Optional.empty();
    }
    int end = end(text, start + 1);
    while (digits(text, start, end) >= FEWEST_DIGITS) {
      if (Ascii.ends(text, end) && valid(text, start, end)) {
        boolean parenthesis = before == '(' && closed(text, start, end); // (+49) 40 8908530
        return Optional.of(Find.of(Kind.PHONE, parenthesis ? start - 1 : start, end));
      }
      end = withoutLastGroup(text, start, end);
    }
    return Optional.empty();
  }

  /** The number that begins at a digit or a parenthesis: (ddd) ddd-dddd or ddd-ddd-dddd. */
  Optional<Find> american(CharSequence text, int start) {
    char before = Ascii.at(text, start - 1);
    if (Ascii.wordPart(before) || before == '-' || before == '.' || before == '/') {
      return Optional.empty();
    }
    boolean parenthesis = Ascii.at(text, start) == '(';
    int area = parenthesis ? start + 1 : start;
    int at = area + 3;
    if (Ascii.digitsEnd(text, area, 4) != at) {
      return Optional.empty();
    }
    if (parenthesis) {
      if (Ascii.at(text, at) != ')') {
        return Optional.empty();
      }
      at = Ascii.at(text, at + 1) == ' ' ? at + 2 : at + 1;
    } else if (Ascii.at(text, at++) != '-') {
      return Optional.empty();
    }
    int end = at + 8;
    boolean written =
        Ascii.digitsEnd(text, at, 4) == at + 3
            && Ascii.at(text, at + 3) == '-'
            && Ascii.digitsEnd(text, at + 4, 5) == end;
    boolean goesOn = Ascii.at(text, end) == '-' && Ascii.alphanumeric(Ascii.at(text, end + 1));
    return written && !goesOn && Ascii.ends(text, end) && valid(text, start, end)
        ? Optional.of(Find.of(Kind.PHONE, start, end))
        : Optional.empty();
  }

  /** The end of up to fifteen digits with at most two signs between them. */
  private static int end(CharSequence text, int from) {
    int end = from;
    int digits = 0;
    int at = from;
    while (at <= end + 2 && digits < MOST_DIGITS) {
      char c = Ascii.at(text, at);
      if (Ascii.digit(c)) {
        digits++;
        end = at + 1;
      } else if (c != ' ' && c != '-' && c != '.' && c != '(' && c != ')') {
        break;
      }
      at++;
    }
    return end;
  }

  /** True when a parenthesis closes that was opened before. */
  private static boolean closed(CharSequence text, int from, int to) {
    for (int at = from; at < to; at++) {
      char c = Ascii.at(text, at);
      if (c == '(' || c == ')') {
        return c == ')';
      }
    }
    return false;
  }

  private static int digits(CharSequence text, int from, int to) {
    int digits = 0;
    for (int at = from; at < to; at++) {
      if (Ascii.digit(Ascii.at(text, at))) {
        digits++;
      }
    }
    return digits;
  }

  private static int withoutLastGroup(CharSequence text, int start, int end) {
    int at = end;
    while (at > start && Ascii.digit(Ascii.at(text, at - 1))) {
      at--;
    }
    while (at > start && !Ascii.digit(Ascii.at(text, at - 1))) {
      at--;
    }
    return at;
  }

  private boolean valid(CharSequence text, int start, int end) {
    try {
      PhoneNumber number = plans.parse(text.subSequence(start, end), HOME);
      return switch (plans.getNumberType(number)) {
        case UNKNOWN, TOLL_FREE, SHARED_COST, PREMIUM_RATE, UAN -> false;
        default -> true;
      };
    } catch (NumberParseException none) {
      return false;
    }
  }
}
