package io.gristmill.curation.lists;

import static io.gristmill.curation.text.Characters.HAN;

import com.ibm.icu.text.Transliterator;
import io.gristmill.curation.text.Characters;
import io.gristmill.curation.text.Words;
import java.util.HashSet;
import java.util.Set;

/**
 * Words and phrases in a text. An entry is found where a run of whole words spells it: words
 * between spaces, and in Chinese those of the dictionary, so that 奶 is not found in 牛奶 nor 色情
 * across the border of two words. The longest entry counts; what it covers is not looked at again.
 * Entries are found in both writings of Chinese.
 *
 * <p>An entry of a single Han character is left out: 奶, 干, 逼 are rude in few of the places where
 * they stand as words of their own.
 */
final class TextWords implements DocumentList {
  private static final long serialVersionUID = 1;

  private final ListConfig config;
  private final Hashes entries;
  private final Hashes firstCharacters;
  private final int longest;

  private TextWords(ListConfig config, Hashes entries, Hashes firstCharacters, int longest) {
    this.config = config;
    this.entries = entries;
    this.firstCharacters = firstCharacters;
    this.longest = longest;
  }

  ListConfig config() {
    return config;
  }

  @Override
  public Listed of(Address address, ListedText text) {
    Words words = text.words();
    int occurrences = 0;
    int covered = 0;
    String first = "";
    int word = 0;
    while (word < words.count()) {
      int length = entryAt(text, word);
      if (length > 0) {
        if (first.isEmpty()) {
          int from = words.start(word);
          first = new String(text.text(), from, words.end(word + length - 1) - from);
        }
        occurrences++;
        covered += length;
      }
      word += Math.max(1, length);
    }
    return new Listed(
        config.name(),
        ListKind.WORDS,
        occurrences,
        text.plain() == 0 ? 0 : (double) covered / text.plain(),
        first);
  }

  /** Words of the longest entry that begins with a word; 0 if none does. */
  private int entryAt(ListedText text, int word) {
    Words words = text.words();
    if (!firstCharacters.contains(first(text.text()[words.start(word)]))) {
      return 0;
    }
    int found = 0;
    int length = 0;
    long hash = Hashes.begin();
    for (int last = word; last < words.count(); last++) {
      boolean space = last > word && words.start(last) > words.end(last - 1);
      length += words.end(last) - words.start(last) + (space ? 1 : 0);
      if (length > longest) {
        return found;
      }
      hash = space ? Hashes.append(hash, ' ') : hash;
      for (int at = words.start(last); at < words.end(last); at++) {
        hash = Hashes.append(hash, text.text()[at]);
      }
      if (entries.contains(Hashes.finished(hash))) {
        found = last - word + 1;
      }
    }
    return found;
  }

  private static long first(int codePoint) {
    return Hashes.finished(Hashes.append(Hashes.begin(), codePoint));
  }

  /** Takes words and phrases. */
  static final class Builder implements EntrySink {
    private final ListConfig config;
    private final Set<String> entries = new HashSet<>();
    private final Transliterator simplified = Transliterator.getInstance("Traditional-Simplified");
    private final Transliterator traditional = Transliterator.getInstance("Simplified-Traditional");

    Builder(ListConfig config) {
      this.config = config;
    }

    @Override
    public void add(String line) {
      String entry = spelled(ListedText.of(line));
      int[] characters = Characters.codePoints(entry);
      if (characters.length == 1 && (Characters.of(characters[0]) & HAN) != 0) {
        return;
      }
      entries.add(entry);
      entries.add(simplified.transliterate(entry));
      entries.add(traditional.transliterate(entry));
    }

    /** The words with one space where there is white space between them. */
    private static String spelled(ListedText text) {
      var spelled = new StringBuilder();
      Words words = text.words();
      for (int word = 0; word < words.count(); word++) {
        if (word > 0 && words.start(word) > words.end(word - 1)) {
          spelled.append(' ');
        }
        for (int at = words.start(word); at < words.end(word); at++) {
          spelled.appendCodePoint(text.text()[at]);
        }
      }
      return spelled.toString();
    }

    @Override
    public TextWords list() {
      int longest =
          entries.stream()
              .mapToInt(entry -> entry.codePointCount(0, entry.length()))
              .max()
              .orElse(0);
      return new TextWords(
          config,
          Hashes.of(entries.stream().mapToLong(entry -> hash(Characters.codePoints(entry)))),
          Hashes.of(entries.stream().mapToLong(entry -> first(entry.codePointAt(0)))),
          longest);
    }

    private static long hash(int[] entry) {
      long hash = Hashes.begin();
      for (int codePoint : entry) {
        hash = Hashes.append(hash, codePoint);
      }
      return Hashes.finished(hash);
    }
  }
}
