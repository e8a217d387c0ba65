package io.gristmill.curation.lists;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Parts of an address, looked for in its letters and digits alone, so that {@code free-por-n} hides
 * nothing (DCLM's {@code ignore_chars}, datatrove's {@code banned_subwords}).
 */
final class UrlParts implements DocumentList {
  private static final long serialVersionUID = 1;

  private final String name;
  private final int[] lengths;
  private final Hashes parts;

  private UrlParts(String name, int[] lengths, Hashes parts) {
    this.name = name;
    this.lengths = lengths;
    this.parts = parts;
  }

  @Override
  public Listed of(Address address, ListedText text) {
    String plain = plain(address.whole());
    Set<String> found = new LinkedHashSet<>();
    for (int from = 0; from < plain.length(); from++) {
      for (int length : lengths) {
        if (from + length <= plain.length() && parts.contains(plain, from, from + length)) {
          found.add(plain.substring(from, from + length));
        }
      }
    }
    return found.isEmpty()
        ? Listed.nothing(name, ListKind.URL_PARTS)
        : new Listed(name, ListKind.URL_PARTS, found.size(), 0, found.iterator().next());
  }

  private static String plain(String address) {
    var plain = new StringBuilder(address.length());
    address.codePoints().filter(Character::isLetterOrDigit).forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /** Takes parts. */
  static final class Builder implements EntrySink {
    private final String name;
    private final List<String> entries = new ArrayList<>();

    Builder(String name) {
      this.name = name;
    }

    @Override
    public void add(String line) {
      String part = plain(line.toLowerCase(Locale.ROOT));
      if (part.length() < 2) {
        throw new IllegalArgumentException(
            "has less than 2 letters or digits and would be found in every address: %s"
                .formatted(line));
      }
      entries.add(part);
    }

    @Override
    public UrlParts list() {
      return new UrlParts(
          name,
          entries.stream().mapToInt(String::length).sorted().distinct().toArray(),
          Hashes.of(LongStream.of(entries.stream().mapToLong(Hashes::hash).toArray())));
    }
  }
}
