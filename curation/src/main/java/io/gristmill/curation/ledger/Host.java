package io.gristmill.curation.ledger;

import java.util.Locale;

/** The host of a URL, however malformed: what stands between {@code ://} and the path. */
final class Host {
  private Host() {}

  /** In lower case, without user and port; empty when there is none. */
  static String of(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 0) {
      return "";
    }
    int from = scheme + 3;
    int end = from;
    while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String authority = url.substring(from, end);
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int bracket = host.indexOf(']');
    int port = host.indexOf(':', Math.max(bracket, 0));
    return (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
  }
}
