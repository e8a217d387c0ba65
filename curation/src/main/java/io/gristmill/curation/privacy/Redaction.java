package io.gristmill.curation.privacy;

import java.util.Optional;
import java.util.TreeMap;

/**
 * Replaces personal data by tokens that do not depend on the data or on its place: e-mail
 * addresses, IPv4 and IPv6 addresses, mainland Chinese mobile numbers and 18-digit identity numbers
 * whose check digit is right.
 */
public final class Redaction {
  private Redaction() {}

  /** The text with a token for each find, and how many there were of each kind. */
  public static Redacted redact(String text) {
    var counts = new TreeMap<String, Integer>();
    var out = new StringBuilder();
    int copied = 0;
    int at = 0;
    while (at < text.length()) {
      Optional<Find> found = find(text, at, copied);
      if (found.isEmpty()) {
        at++;
        continue;
      }
      Find find = found.get();
      out.append(text, copied, find.start()).append(find.kind().token());
      counts.merge(find.kind().key(), 1, Integer::sum);
      copied = find.end();
      at = copied;
    }
    return new Redacted(
        copied == 0 ? text : out.append(text, copied, text.length()).toString(), counts);
  }

  /** What is found at a position; each search looks at a bounded number of characters. */
  private static Optional<Find> find(String text, int at, int floor) {
    char c = text.charAt(at);
    if (c == '@' || c == '\uFF20') {
      return EmailAddress.around(text, at, floor);
    }
    if (c == '+') {
      return ChineseNumber.mobile(text, at);
    }
    if (!Ascii.hexadecimal(c) || Ascii.alphanumeric(Ascii.at(text, at - 1))) {
      return Optional.empty();
    }
    Optional<Find> found = IpAddress.v6(text, at);
    if (found.isEmpty() && Ascii.digit(c)) {
      found =
          IpAddress.v4(text, at)
              .or(() -> ChineseNumber.identity(text, at))
              .or(() -> ChineseNumber.mobile(text, at));
    }
    return found.filter(find -> find.start() >= floor && !local(text, find, floor));
  }

  /**
   * True for the local part of an e-mail address, which is replaced as a whole when its at sign is
   * reached.
   */
  private static boolean local(String text, Find find, int floor) {
    char after = Ascii.at(text, find.end());
    return (after == '@' || after == '\uFF20')
        && EmailAddress.around(text, find.end(), floor).isPresent();
  }
}
