package io.gristmill.curation.filter;

import static io.gristmill.curation.text.Characters.ALPHABETIC;
import static io.gristmill.curation.text.Characters.DICTIONARY;
import static io.gristmill.curation.text.Characters.PUNCTUATION;
import static io.gristmill.curation.text.Characters.SPACE;
import static io.gristmill.curation.text.Characters.SYMBOL;

import io.gristmill.curation.text.Characters;
import io.gristmill.curation.text.Words;
import java.util.Arrays;
import java.util.EnumMap;

/** One pass over characters, one over lines and one over words of a document. */
final class Measurement {
  /**
   * Repetition is measured over this many first words or characters, so that memory stays bounded.
   */
  private static final int MOST_ITEMS = 1 << 18;

  /**
   * Character grams are for text in which at least this share of the letters belongs to scripts
   * without spaces.
   */
  private static final double SPACELESS = 0.3;

  private final int[] text;
  private final String language;
  private final EnumMap<Signal, Double> values = new EnumMap<>(Signal.class);

  Measurement(String text, String original, String language) {
    this.text = Characters.codePoints(text);
    this.language = language;
    int[] before = original.equals(text) ? this.text : Characters.codePoints(original);
    set(Signal.ORIGINAL_CHARACTERS, before.length);
    set(Signal.ORIGINAL_LINES, Lines.count(before));
    share(Signal.REMOVED_SHARE, before.length - this.text.length, before.length);
  }

  Signals signals() {
    var characters = new CharacterCounts(text);
    characters.into(this);
    Words words = Words.of(text);
    words(words);
    new Lines(text).into(this, words.count());
    if (characters.spaceless() > SPACELESS) {
      characterGrams();
    }
    return new Signals(values);
  }

  void set(Signal signal, double value) {
    values.put(signal, value);
  }

  /** Sets a share; 0 where there is nothing to take a share of. */
  void share(Signal signal, double part, double whole) {
    set(signal, whole == 0 ? 0 : part / whole);
  }

  private void words(Words words) {
    int count = words.count();
    long[] hashes = new long[count];
    int[] lengths = new int[count];
    int[] gaps = new int[count];
    long[] folded = new long[count];
    int[] lower = new int[32];
    int longest = 0;
    int capitals = 0;
    int plain = 0;
    int hashMarks = 0;
    int ellipses = 0;
    int alphabetic = 0;
    long plainCharacters = 0;
    for (int word = 0; word < count; word++) {
      int start = words.start(word);
      int end = words.end(word);
      hashes[word] = Hashing.of(text, start, end);
      lengths[word] = end - start;
      gaps[word] = word > 0 && words.end(word - 1) < start ? 1 : 0;
      int any = 0;
      boolean marksOnly = true;
      boolean capital = false;
      boolean small = false;
      for (int at = start; at < end; at++) {
        int bits = Characters.of(text[at]);
        any |= bits;
        marksOnly &= (bits & (PUNCTUATION | SYMBOL)) != 0;
        if (CharacterCounts.capital(text[at])) {
          capital = true;
        } else {
          small |= small(text[at], bits);
        }
      }
      if (!marksOnly) {
        if (capital) {
          lower = lower.length < end - start ? new int[end - start] : lower;
          folded[plain] = foldedHash(start, end, lower);
        } else {
          folded[plain] = hashes[word];
        }
        capitals += capital && !small ? 1 : 0;
        longest = Math.max(longest, end - start);
        plain++;
        plainCharacters += end - start;
      } else if (text[start] == '#') {
        hashMarks += end - start;
      } else if (text[start] == '…' || (text[start] == '.' && end - start >= 3)) {
        ellipses++;
      }
      alphabetic += (any & ALPHABETIC) == 0 ? 0 : 1;
    }
    set(Signal.WORDS, plain);
    share(Signal.MEAN_WORD_LENGTH, (double) plainCharacters, plain);
    set(Signal.LONGEST_WORD, longest);
    share(Signal.ALL_CAPS_WORD_SHARE, capitals, plain);
    varied(folded, plain);
    share(Signal.HASH_RATIO, hashMarks, count);
    share(Signal.ELLIPSIS_RATIO, ellipses, count);
    share(Signal.SYMBOL_RATIO, hashMarks + ellipses, count);
    share(Signal.ALPHABETIC_WORD_SHARE, alphabetic, count);
    StopWords.of(language).ifPresent(list -> set(Signal.STOP_WORDS, list.distinct(hashes)));
    int measured = Math.min(count, MOST_ITEMS);
    var grams = new Grams(hashes, lengths, gaps, measured);
    int length = measured == count ? text.length : words.end(measured - 1);
    top(grams, length, Signal.TOP_2_GRAM_SHARE, 2);
    top(grams, length, Signal.TOP_3_GRAM_SHARE, 3);
    top(grams, length, Signal.TOP_4_GRAM_SHARE, 4);
    duplicate(grams, length, Signal.DUPLICATE_5_GRAM_SHARE, 5);
    duplicate(grams, length, Signal.DUPLICATE_6_GRAM_SHARE, 6);
    duplicate(grams, length, Signal.DUPLICATE_7_GRAM_SHARE, 7);
    duplicate(grams, length, Signal.DUPLICATE_8_GRAM_SHARE, 8);
    duplicate(grams, length, Signal.DUPLICATE_9_GRAM_SHARE, 9);
    duplicate(grams, length, Signal.DUPLICATE_10_GRAM_SHARE, 10);
  }

  private void varied(long[] folded, int count) {
    FunctionWords.of(language)
        .ifPresent(list -> share(Signal.STOP_WORD_SHARE, list.occurrences(folded, count), count));
    var counts = new Counts(count);
    int different = 0;
    for (int at = 0; at < count; at++) {
      different += counts.add(folded[at]) == 1 ? 1 : 0;
    }
    var entropy = new Entropy();
    counts.forEach(entropy::add);
    share(Signal.UNIQUE_WORD_SHARE, different, count);
    set(Signal.WORD_ENTROPY, entropy.nats(count));
  }

  private long foldedHash(int start, int end, int[] lower) {
    for (int at = start; at < end; at++) {
      lower[at - start] = Character.toLowerCase(text[at]);
    }
    return Hashing.of(lower, 0, end - start);
  }

  private static boolean small(int codePoint, int bits) {
    return codePoint < 0x80
        ? codePoint >= 'a' && codePoint <= 'z'
        : (bits & DICTIONARY) == 0 && Character.isLowerCase(codePoint);
  }

  private void characterGrams() {
    long[] items = new long[Math.min(text.length, MOST_ITEMS)];
    int count = 0;
    for (int at = 0; at < text.length && count < items.length; at++) {
      if ((Characters.of(text[at]) & SPACE) == 0) {
        items[count++] = text[at];
      }
    }
    int[] lengths = new int[count];
    Arrays.fill(lengths, 1);
    var grams = new Grams(items, lengths, new int[count], count);
    top(grams, count, Signal.TOP_2_CHARACTER_GRAM_SHARE, 2);
    top(grams, count, Signal.TOP_3_CHARACTER_GRAM_SHARE, 3);
    top(grams, count, Signal.TOP_4_CHARACTER_GRAM_SHARE, 4);
    duplicate(grams, count, Signal.DUPLICATE_5_CHARACTER_GRAM_SHARE, 5);
    duplicate(grams, count, Signal.DUPLICATE_10_CHARACTER_GRAM_SHARE, 10);
    duplicate(grams, count, Signal.DUPLICATE_13_CHARACTER_GRAM_SHARE, 13);
  }

  private void top(Grams grams, int length, Signal signal, int n) {
    share(signal, (double) grams.topCharacters(n), length);
  }

  private void duplicate(Grams grams, int length, Signal signal, int n) {
    share(signal, (double) grams.duplicateCharacters(n), length);
  }
}
