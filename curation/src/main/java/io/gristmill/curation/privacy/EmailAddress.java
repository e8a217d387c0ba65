package io.gristmill.curation.privacy;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * E-mail addresses: an ASCII dot-atom of at most 64 characters, {@code @} or its full-width form,
 * and a host name whose last label is letters, or an IPv4 address. Package versions ({@code
 * react@18.2.0}) and image names ({@code logo@2x.png}) are none.
 */
final class EmailAddress {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST_LABEL = 63;

  /** File extensions that are no top-level domains. */
  private static final Set<String> EXTENSIONS =
      Set.of(
          "png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "css", "js", "ts", "json", "html",
          "htm", "xml", "yaml", "yml");

  private EmailAddress() {}

  /**
   * The address around an at sign.
   *
   * @param at position of the at sign
   * @param floor first position that may belong to it
   */
  static Optional<Find> around(CharSequence text, int at, int floor) {
    int start = localStart(text, at, floor);
    if (start == at) {
      return Optional.empty();
    }
    int end = hostEnd(text, at + 1);
    return end > at + 1 && !login(text, start, at)
        ? Optional.of(Find.of(Kind.EMAIL, start, end))
        : Optional.empty();
  }

  private static int localStart(CharSequence text, int at, int floor) {
    if (Ascii.at(text, at - 1) == '.') {
      return at;
    }
    int start = at;
    while (start > Math.max(floor, at - LONGEST_LOCAL) && local(Ascii.at(text, start - 1))) {
      if (Ascii.at(text, start - 1) == '.' && Ascii.at(text, start) == '.') {
        break;
      }
      start--;
    }
    while (start < at && !Ascii.wordPart(Ascii.at(text, start))) {
      start++; // a point, plus or hyphen before the address is not part of it
    }
    return start;
  }

  /**
   * True for the user of a server: {@code git@host}, {@code ftp://user@host}, {@code
   * db://u:word@host}.
   */
  private static boolean login(CharSequence text, int start, int at) {
    if ("git".contentEquals(text.subSequence(start, at))) {
      return true;
    }
    int user = start;
    if (Ascii.at(text, start - 1) == ':') {
      user--;
      while (user > start - LONGEST_LOCAL && local(Ascii.at(text, user - 1))) {
        user--;
      }
    }
    return Ascii.at(text, user - 1) == '/'
        && Ascii.at(text, user - 2) == '/'
        && Ascii.at(text, user - 3) == ':';
  }

  private static boolean local(char c) {
    return Ascii.alphanumeric(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%';
  }

  /** The end of the longest host name, or {@code from} if there is none. */
  private static int hostEnd(CharSequence text, int from) {
    boolean literal = Ascii.at(text, from) == '[';
    int quad = IpAddress.quadEnd(text, literal ? from + 1 : from);
    if (quad > from) {
      if (literal) {
        return Ascii.at(text, quad) == ']' ? quad + 1 : from;
      }
      return quad;
    }
    int end = from;
    int labels = 0;
    int at = from;
    while (at - from < LONGEST_HOST) {
      int label = labelEnd(text, at);
      if (label == at) {
        break;
      }
      labels++;
      if (labels > 1 && topLevel(text, at, label)) {
        end = label;
      }
      if (Ascii.at(text, label) != '.') {
        break;
      }
      at = label + 1;
    }
    return end;
  }

  private static int labelEnd(CharSequence text, int from) {
    if (!Ascii.alphanumeric(Ascii.at(text, from))) {
      return from;
    }
    int end = from;
    for (int at = from; at < from + LONGEST_LABEL; at++) {
      char c = Ascii.at(text, at);
      if (Ascii.alphanumeric(c)) {
        end = at + 1;
      } else if (c != '-') {
        break;
      }
    }
    return end;
  }

  private static boolean topLevel(CharSequence text, int from, int to) {
    if (to - from < 2) {
      return false;
    }
    var narrow = new StringBuilder(to - from);
    for (int at = from; at < to; at++) {
      narrow.append(Ascii.at(text, at));
    }
    String label = narrow.toString().toLowerCase(Locale.ROOT);
    boolean letters = label.chars().allMatch(c -> Ascii.letter((char) c));
    return (letters && !EXTENSIONS.contains(label)) || label.startsWith("xn--");
  }
}
