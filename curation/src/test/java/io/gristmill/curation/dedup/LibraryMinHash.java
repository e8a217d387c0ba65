package io.gristmill.curation.dedup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Near-duplicates as one writes them in an afternoon after the usual libraries, to compare with:
 * shingles as strings, permutations {@code (a * hash + b) mod (2^61 - 1)} of 64-bit hashes, a hash
 * map a band, union-find, everything in the memory of one thread, nothing verified.
 */
final class LibraryMinHash {
  private static final long PRIME = (1L << 61) - 1;

  private final MinHashConfig config;
  private final long[] multipliers;
  private final long[] addends;
  private final List<Map<List<Long>, Integer>> buckets = new ArrayList<>();
  private final List<Integer> parents = new ArrayList<>();

  LibraryMinHash(MinHashConfig config) {
    this.config = config;
    var random = new SplittableRandom(config.seed());
    int permutations = config.bands() * config.rowsPerBand();
    multipliers = random.longs(permutations, 1, PRIME).toArray();
    addends = random.longs(permutations, 0, PRIME).toArray();
    for (int band = 0; band < config.bands(); band++) {
      buckets.add(new HashMap<>());
    }
  }

  /** Adds the next document, from 0. */
  void add(String text) {
    int document = parents.size();
    parents.add(document);
    Set<String> shingles = shingles(text, config);
    if (shingles.isEmpty()) {
      return;
    }
    long[] signature = signature(shingles);
    for (int band = 0; band < config.bands(); band++) {
      List<Long> key = new ArrayList<>();
      for (int row = 0; row < config.rowsPerBand(); row++) {
        key.add(signature[band * config.rowsPerBand() + row]);
      }
      Integer first = buckets.get(band).putIfAbsent(key, document);
      if (first != null) {
        union(first, document);
      }
    }
  }

  /** How many documents would go if one of each component stays. */
  int removed() {
    int removed = 0;
    for (int i = 0; i < parents.size(); i++) {
      removed += find(i) == i ? 0 : 1;
    }
    return removed;
  }

  /** Words of letters and digits, or characters of Chinese text, in lower case. */
  static Set<String> shingles(String text, MinHashConfig config) {
    List<String> words = new ArrayList<>();
    List<String> characters = new ArrayList<>();
    var word = new StringBuilder();
    String lower = text.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (Character.isIdeographic(c)) {
        characters.add(String.valueOf(c));
      } else if (Character.isLetterOrDigit(c)) {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    Set<String> shingles = new HashSet<>();
    for (int i = 0; i + config.shingleWords() <= words.size(); i++) {
      shingles.add(String.join(" ", words.subList(i, i + config.shingleWords())));
    }
    for (int i = 0; i + config.shingleCharacters() <= characters.size(); i++) {
      shingles.add(String.join("", characters.subList(i, i + config.shingleCharacters())));
    }
    return shingles;
  }

  private long[] signature(Set<String> shingles) {
    long[] minima = new long[multipliers.length];
    Arrays.fill(minima, Long.MAX_VALUE);
    for (String shingle : shingles) {
      long hash = hash(shingle) >>> 3;
      for (int i = 0; i < minima.length; i++) {
        minima[i] = Math.min(minima[i], permuted(hash, multipliers[i], addends[i]));
      }
    }
    return minima;
  }

  /** FNV-1a over UTF-16 units, finished by a mix that spreads the upper bits. */
  private static long hash(String shingle) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < shingle.length(); i++) {
      hash = (hash ^ shingle.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    return hash ^ hash >>> 33;
  }

  private static long permuted(long hash, long multiplier, long addend) {
    long high = Math.multiplyHigh(hash, multiplier);
    long low = hash * multiplier;
    long folded = (low & PRIME) + (high << 3 | low >>> 61) + addend;
    folded = (folded & PRIME) + (folded >>> 61);
    return folded >= PRIME ? folded - PRIME : folded;
  }

  private int find(int document) {
    int root = document;
    while (parents.get(root) != root) {
      parents.set(root, parents.get(parents.get(root)));
      root = parents.get(root);
    }
    return root;
  }

  private void union(int a, int b) {
    int x = find(a);
    int y = find(b);
    parents.set(Math.max(x, y), Math.min(x, y));
  }
}
