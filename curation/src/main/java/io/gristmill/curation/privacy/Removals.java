package io.gristmill.curation.privacy;

import io.gristmill.curation.dedup.UrlKey;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Documents that were asked to be taken down, by id or by URL. A URL asks for every record of its
 * page: scheme, {@code www.}, fragment and tracking parameters do not matter, see {@link UrlKey}.
 *
 * @param asked what was asked for, by what it is looked up as: an id, or the key of a URL
 */
public record Removals(NavigableMap<String, String> asked) implements Serializable {
  /** The reason of a document that was taken down. */
  public static final String REMOVED_ON_REQUEST = "removed_on_request";

  private static final String ID = "[0-9a-f]{32}";

  public Removals {
    asked = new TreeMap<>(asked);
  }

  /** Nothing is asked for. */
  public static Removals none() {
    return new Removals(new TreeMap<>());
  }

  /**
   * Reads a list: an id or a URL a line; empty lines and what follows a # at the begin of a line do
   * not count.
   *
   * @param file named in errors
   * @throws IllegalArgumentException naming the line that is neither
   */
  public static Removals parse(String file, List<String> lines) {
    var asked = new TreeMap<String, String>();
    int number = 0;
    for (String line : lines) {
      number++;
      String entry = line.strip().replace("\uFEFF", "");
      if (entry.isEmpty() || entry.startsWith("#")) {
        continue;
      }
      String id = entry.toLowerCase(Locale.ROOT);
      String key = id.matches(ID) ? id : UrlKey.of(entry);
      if (key.isEmpty()) {
        throw new IllegalArgumentException(
            "%s:%d: %s is neither an id (32 hex digits, column id of documents/) nor a URL (https://…)"
                .formatted(file, number, entry));
      }
      asked.put(key, id.matches(ID) ? id : entry);
    }
    return new Removals(asked);
  }

  /** Both lists. */
  public Removals and(Removals other) {
    var all = new TreeMap<>(other.asked);
    all.putAll(asked);
    return new Removals(all);
  }

  /** True when a document is to be taken down. */
  public boolean ask(String id, String url) {
    return !asked.isEmpty()
        && (asked.containsKey(id) || (!url.isEmpty() && asked.containsKey(UrlKey.of(url))));
  }

  /** What was asked for and is by none of these documents, as it was written. */
  public List<String> without(Collection<Removed> removed) {
    Set<String> left = new LinkedHashSet<>(asked.keySet());
    removed.forEach(
        document -> {
          left.remove(document.id());
          left.remove(UrlKey.of(document.url()));
        });
    return left.stream().map(asked::get).toList();
  }

  /** The list as a file has it. */
  public List<String> lines() {
    return List.copyOf(asked.values());
  }

  /** A document that was taken down; the URL may be empty. */
  public record Removed(String id, String url) {}
}
