package io.gristmill.curation.lists;

import io.gristmill.curation.dedup.UrlKey;
import java.util.stream.LongStream;

/**
 * Hosts and pages. A host covers every host below it, as in squidGuard, for which UT1's lists are
 * made; one that is a public suffix itself ({@code github.io}) covers only its own pages, for what
 * is below belongs to others. A page is that page alone.
 */
final class UrlList implements DocumentList {
  private static final long serialVersionUID = 1;

  private final String name;
  private final Hashes hosts;
  private final Hashes pages;

  private UrlList(String name, Hashes hosts, Hashes pages) {
    this.name = name;
    this.hosts = hosts;
    this.pages = pages;
  }

  static Builder named(String name) {
    return new Builder(name);
  }

  @Override
  public Listed of(Address address, ListedText text) {
    String host = address.host();
    if (hosts.contains(host)) {
      return found(host);
    }
    int at = 0;
    while (at < address.registered()) {
      at = host.indexOf('.', at) + 1;
      if (hosts.contains(host, at, host.length())) {
        return found(host.substring(at));
      }
    }
    if (host.startsWith("www.") && hosts.contains(host, 4, host.length())) {
      return found(host.substring(4));
    }
    return pages.contains(address.page()) && !address.page().isEmpty()
        ? found(address.page())
        : Listed.nothing(name, ListKind.URL);
  }

  private Listed found(String entry) {
    return new Listed(name, ListKind.URL, 1, 0, entry);
  }

  /** Takes entries and keeps their hashes. */
  static final class Builder implements EntrySink {
    private final String name;
    private final LongStream.Builder hosts = LongStream.builder();
    private final LongStream.Builder pages = LongStream.builder();

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Takes a host, a page, a line of a hosts file ({@code 0.0.0.0 example.com}) or of an ad
     * blocker's list of hosts ({@code ||example.com^}).
     */
    @Override
    public void add(String line) {
      String[] fields = line.split("\\s+");
      String entry = fields[fields.length == 1 ? 0 : 1];
      if (fields.length > 2 || (fields.length == 2 && !number(fields[0]))) {
        throw new IllegalArgumentException(
            "is no host, no page and no line of a hosts file: %s".formatted(line));
      }
      if (entry.startsWith("||") && entry.endsWith("^")) {
        entry = entry.substring(2, entry.length() - 1);
      }
      int scheme = entry.indexOf("://");
      String rest = scheme < 0 ? entry : entry.substring(scheme + 3);
      int slash = rest.indexOf('/');
      if ((slash < 0 || slash == rest.length() - 1) && rest.indexOf('?') < 0) {
        String host = slash < 0 ? rest : rest.substring(0, slash);
        host = host.startsWith("*.") ? host.substring(2) : host;
        host = host.startsWith(".") ? host.substring(1) : host;
        hosts.add(Hashes.hash(Address.ascii(host)));
      } else {
        String key = UrlKey.of("http://" + rest);
        if (!key.isEmpty()) {
          pages.add(Hashes.hash(key));
        }
      }
    }

    private static boolean number(String field) {
      return field.indexOf(':') >= 0
          || field.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    @Override
    public UrlList list() {
      return new UrlList(name, Hashes.of(hosts.build()), Hashes.of(pages.build()));
    }
  }
}
