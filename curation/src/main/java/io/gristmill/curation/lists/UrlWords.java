package io.gristmill.curation.lists;

import io.gristmill.curation.text.Characters;
import io.gristmill.curation.text.Words;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Words in an address, as RefinedWeb (arXiv 2306.01116, appendix G.1) and datatrove count them:
 * what stands between characters that are neither letters nor digits. Han in it is cut by the
 * dictionary as in texts. Strict lists reject at one word, soft ones at two different ones: that is
 * the rule's business.
 */
final class UrlWords implements DocumentList {
  private static final long serialVersionUID = 1;

  private final String name;
  private final Hashes words;

  private UrlWords(String name, Hashes words) {
    this.name = name;
    this.words = words;
  }

  @Override
  public Listed of(Address address, ListedText text) {
    Set<String> found = new LinkedHashSet<>();
    for (String word : words(address.whole())) {
      if (words.contains(word)) {
        found.add(word);
      }
    }
    return found.isEmpty()
        ? Listed.nothing(name, ListKind.URL_WORDS)
        : new Listed(name, ListKind.URL_WORDS, found.size(), 0, found.iterator().next());
  }

  static Set<String> words(String address) {
    Set<String> words = new LinkedHashSet<>();
    int at = 0;
    while (at < address.length()) {
      int start = at;
      boolean ascii = true;
      while (at < address.length() && Character.isLetterOrDigit(address.charAt(at))) {
        ascii &= address.charAt(at) < 128;
        at++;
      }
      if (ascii && at > start) {
        words.add(address.substring(start, at));
      } else if (at > start) {
        int[] run = Characters.codePoints(address.substring(start, at));
        Words cut = Words.of(run);
        for (int word = 0; word < cut.count(); word++) {
          words.add(new String(run, cut.start(word), cut.end(word) - cut.start(word)));
        }
      }
      at++;
    }
    return words;
  }

  /** Takes words. */
  static final class Builder implements EntrySink {
    private final String name;
    private final Set<String> entries = new HashSet<>();

    Builder(String name) {
      this.name = name;
    }

    @Override
    public void add(String line) {
      String word = line.toLowerCase(Locale.ROOT);
      Set<String> words = words(word);
      if (words.size() != 1) {
        throw new IllegalArgumentException(
            "is not one word as addresses have them, but %s: %s; a list of kind url-parts finds any run of characters"
                .formatted(Arrays.toString(words.toArray()), line));
      }
      entries.add(words.iterator().next());
    }

    @Override
    public UrlWords list() {
      return new UrlWords(
          name, Hashes.of(LongStream.of(entries.stream().mapToLong(Hashes::hash).toArray())));
    }
  }
}
