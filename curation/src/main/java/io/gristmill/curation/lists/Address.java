package io.gristmill.curation.lists;

import crawlercommons.domains.EffectiveTldFinder;
import io.gristmill.curation.dedup.UrlKey;
import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The address of a page as lists look at it.
 *
 * @param host in lower case, ASCII (punycode), without user and port
 * @param registered where in the host the registered domain begins: example.co.uk of
 *     a.example.co.uk, by the Public Suffix List with its private part (so that every
 *     user.github.io is its own); 0 when there is none, as in a number
 * @param page host and path without scheme, {@code www.}, fragment, slash at the end and parameters
 *     that only track
 * @param whole what words are looked for in: the address in lower case, its escapes decoded
 */
record Address(String host, int registered, String page, String whole) {
  /** Of any text, however malformed; a scheme may be missing. */
  static Address of(String url) {
    String full = url.contains("://") ? url : "http://" + url;
    String host = host(full);
    return new Address(host, registered(host), UrlKey.of(full), decoded(url));
  }

  private static String host(String url) {
    int from = url.indexOf("://") + 3;
    int end = from;
    while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String authority = url.substring(from, end);
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int port = host.indexOf(':', Math.max(host.indexOf(']'), 0));
    return ascii(port < 0 ? host : host.substring(0, port));
  }

  /** The form of a host in which two are compared. */
  static String ascii(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (name.chars().allMatch(c -> c < 128)) {
      return name.toLowerCase(Locale.ROOT);
    }
    try {
      return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return name.toLowerCase(Locale.ROOT); // no name that a server can have; equal to itself
    }
  }

  private static int registered(String host) {
    if (host.isEmpty() || host.charAt(0) == '[' || digit(host.charAt(host.length() - 1))) {
      return 0;
    }
    String domain = EffectiveTldFinder.getAssignedDomain(host, true, false);
    return domain == null || !host.endsWith(domain) ? 0 : host.length() - domain.length();
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String decoded(String url) {
    String text = url;
    if (url.indexOf('%') >= 0) {
      try {
        text = URLDecoder.decode(url.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        // a stray percent sign: the address as it stands
      }
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
