package io.gristmill.curation.dedup;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An address without what does not name the page: scheme, {@code www.}, the port that the scheme
 * implies, fragment, a slash at the end, and parameters that only say where the reader came from.
 * The order of parameters and the case of the path are kept, for servers may care.
 */
public final class UrlKey {
  private static final Set<String> TRACKING =
      Set.of("fbclid", "gclid", "dclid", "msclkid", "yclid", "mc_cid", "mc_eid", "igshid", "spm");

  private UrlKey() {}

  /** The key of an address; empty when it names no host. */
  public static String of(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 1) {
      return "";
    }
    String rest = url.substring(scheme + 3);
    int fragment = rest.indexOf('#');
    if (fragment >= 0) {
      rest = rest.substring(0, fragment);
    }
    int end = hostEnd(rest);
    String host = host(rest.substring(0, end));
    if (host.isEmpty()) {
      return "";
    }
    int question = rest.indexOf('?', end);
    String path = rest.substring(end, question < 0 ? rest.length() : question);
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    String query = question < 0 ? "" : query(rest.substring(question + 1));
    return host + path + (query.isEmpty() ? "" : "?" + query);
  }

  private static int hostEnd(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      if (c == '/' || c == '?') {
        return i;
      }
    }
    return rest.length();
  }

  private static String host(String authority) {
    String host = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    if (host.endsWith(":80") || host.endsWith(":443")) {
      host = host.substring(0, host.lastIndexOf(':'));
    }
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    return host.startsWith("www.") ? host.substring("www.".length()) : host;
  }

  private static String query(String query) {
    return Arrays.stream(query.split("&"))
        .filter(parameter -> !parameter.isEmpty() && !tracks(parameter))
        .collect(Collectors.joining("&"));
  }

  private static boolean tracks(String parameter) {
    int equals = parameter.indexOf('=');
    String name =
        (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
    return name.startsWith("utm_") || TRACKING.contains(name);
  }
}
