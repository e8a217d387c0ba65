package io.gristmill.curation.privacy;

import java.util.List;
import java.util.Optional;

/**
 * Public IPv4 and IPv6 addresses. Private, local, documentation and reserved ranges (IANA
 * special-purpose registries) name nobody and stay; so do dotted numbers that are not addresses:
 * {@code 4.3.2.1.5}, {@code 1.2.3.4567}, {@code v1.20.3.4}, {@code 10.2.3.4-rc1}.
 */
final class IpAddress {
  private static final int GROUPS = 8;

  /** Words that make the dotted number after them a version. */
  private static final List<String> VERSION =
      List.of("version", "versions", "ver", "ver.", "v", "v.", "release", "版本", "版本号", "版");

  private IpAddress() {}

  /** The IPv4 address that begins at a digit, if the digit begins a number. */
  static Optional<Find> v4(CharSequence text, int start) {
    int end = quadEnd(text, start);
    char before = Ascii.at(text, start - 1);
    boolean goesOn =
        (before == '.' || before == '-') && Ascii.alphanumeric(Ascii.at(text, start - 2));
    if (end == start || goesOn || Ascii.wordPart(before) || version(text, start, end)) {
      return Optional.empty();
    }
    return isPublic(text, start) ? Optional.of(Find.of(Kind.IPV4, start, end)) : Optional.empty();
  }

  /** The IPv6 address that begins at a hexadecimal digit, if the digit begins a word. */
  static Optional<Find> v6(CharSequence text, int start) {
    char before = Ascii.at(text, start - 1);
    if (!colonNear(text, start) || Ascii.wordPart(before) || before == ':' || before == '.') {
      return Optional.empty();
    }
    int at = start;
    int groups = 0;
    int longest = 0;
    boolean gap = false;
    while (groups < GROUPS) {
      int from = at;
      while (at < from + 4 && Ascii.hexadecimal(Ascii.at(text, at))) {
        at++;
      }
      if (at == from) {
        break;
      }
      longest = Math.max(longest, at - from);
      groups++;
      if (Ascii.at(text, at) != ':' || groups == GROUPS) {
        break;
      }
      if (Ascii.at(text, at + 1) == ':' && !gap) {
        gap = true;
        at += 2;
      } else if (Ascii.hexadecimal(Ascii.at(text, at + 1))) {
        at++;
      } else {
        break;
      }
    }
    char after = Ascii.at(text, at);
    boolean bounded =
        !Ascii.alphanumeric(after)
            && after != '_'
            && !(after == ':' && Ascii.alphanumeric(Ascii.at(text, at + 1)));
    boolean whole = gap ? groups < GROUPS && groups >= 2 : groups == GROUPS && longest > 2;
    return bounded && whole && (gap ? unicast(text, start) : !local(text, start))
        ? Optional.of(Find.of(Kind.IPV6, start, at))
        : Optional.empty();
  }

  /**
   * True behind a word that says so, for x.y.0.0, and for four single digits: those are versions,
   * numbers of sections, examples and resolvers (1.1.1.1, 8.8.8.8).
   */
  private static boolean version(CharSequence text, int start, int end) {
    boolean zeros = ".0.0".contentEquals(text.subSequence(end - 4, end));
    return zeros || end - start == 7 || WordBefore.any(VERSION, text, start);
  }

  /** True when at most four hexadecimal digits stand before a colon. */
  private static boolean colonNear(CharSequence text, int start) {
    int at = start;
    while (at < start + 4 && Ascii.hexadecimal(Ascii.at(text, at))) {
      at++;
    }
    return Ascii.at(text, at) == ':';
  }

  /**
   * Where four octets joined by points end, or {@code start} if they are not there or the number
   * goes on.
   */
  static int quadEnd(CharSequence text, int start) {
    int at = start;
    for (int octet = 0; octet < 4; octet++) {
      if (octet > 0) {
        if (Ascii.at(text, at) != '.') {
          return start;
        }
        at++;
      }
      int end = Ascii.digitsEnd(text, at, 4);
      boolean leadingZero = end - at > 1 && Ascii.at(text, at) == '0';
      if (end == at || leadingZero || end - at > 3 || Ascii.number(text, at, end) > 255) {
        return start;
      }
      at = end;
    }
    char after = Ascii.at(text, at);
    char next = Ascii.at(text, at + 1);
    boolean goesOn =
        Ascii.alphanumeric(after)
            || after == '_'
            || (after == '.' && Ascii.alphanumeric(next))
            || (after == '-' && Ascii.letter(next));
    return goesOn ? start : at;
  }

  /** IANA IPv4 special-purpose address registry, without the blocks that are globally reachable. */
  private static boolean isPublic(CharSequence text, int start) {
    int[] octets = new int[4];
    int at = start;
    for (int octet = 0; octet < 4; octet++) {
      int end = Ascii.digitsEnd(text, at, 3);
      octets[octet] = Ascii.number(text, at, end);
      at = end + 1;
    }
    int a = octets[0];
    int b = octets[1];
    int c = octets[2];
    boolean local =
        a == 0 || a == 10 || a == 127 || (a == 169 && b == 254) || (a == 172 && b >= 16 && b < 32);
    boolean shared =
        (a == 100 && b >= 64 && b < 128)
            || (a == 192 && b == 168)
            || (a == 198 && (b == 18 || b == 19));
    boolean documentation =
        (a == 192 && b == 0 && (c == 0 || c == 2))
            || (a == 198 && b == 51 && c == 100)
            || (a == 203 && b == 0 && c == 113);
    return !local && !shared && !documentation && a < 240;
  }

  /**
   * 2000::/3, the addresses given to networks, without 2001:db8::/32, which is for documentation.
   */
  private static boolean unicast(CharSequence text, int start) {
    char first = Ascii.at(text, start);
    boolean four = Ascii.at(text, start + 4) == ':';
    return four && (first == '2' || first == '3') && !documentation(text, start);
  }

  /**
   * fc00::/7, fe80::/10, ff00::/8, 2001:db8::/32, and what begins with zeros (loopback, mapped
   * IPv4).
   */
  private static boolean local(CharSequence text, int start) {
    int colon = start;
    int first = 0;
    while (text.charAt(colon) != ':') {
      first = first << 4 | Character.digit(text.charAt(colon++), 16);
    }
    return first == 0
        || (first & 0xFE00) == 0xFC00
        || (first & 0xFFC0) == 0xFE80
        || (first & 0xFF00) == 0xFF00
        || documentation(text, start);
  }

  private static boolean documentation(CharSequence text, int start) {
    String block = text.subSequence(start, Math.min(text.length(), start + 9)).toString();
    return block.equalsIgnoreCase("2001:db8:") || block.equalsIgnoreCase("2001:0db8");
  }
}
