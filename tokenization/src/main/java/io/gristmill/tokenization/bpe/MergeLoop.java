package io.gristmill.tokenization.bpe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The loop that learns: the most frequent pair of neighbouring symbols becomes a symbol, again and
 * again. Counts are kept up to date in the words that a merge touches.
 *
 * <p>Only pairs that occur at least {@code threshold} times are in the index. Counts never rise, so
 * when no such pair is left all others are counted anew and the threshold is lowered, to where the
 * lists of words still fit in memory: rare pairs, of which there are the most, never get a list.
 */
final class MergeLoop {
  private static final int PROGRESS_MERGES = 256;

  /** The key of a pair that waits: it comes first, and then waits outside the heap. */
  private static final long WAITS = -1;

  private final Words words;
  private final Symbols symbols;
  private final int vocabularySize;
  private final long minCount;
  private final long mostPlaces;
  private final Neighbours before;
  private final Neighbours after;
  private final Map<Integer, List<Integer>> waiting = new HashMap<>();
  private final int[] word = new int[Words.MOST_SYMBOLS];
  private PairIndex pairs = new PairIndex();
  private PairHeap heap = new PairHeap();
  private long threshold = Long.MAX_VALUE;

  /**
   * @param minCount pairs that occur less often are not merged
   * @param mostPlaces about how many places of pairs may be listed at a time, of 4 bytes each
   */
  MergeLoop(Words words, Symbols symbols, int vocabularySize, long minCount, long mostPlaces) {
    this.words = words;
    this.symbols = symbols;
    this.vocabularySize = vocabularySize;
    this.minCount = minCount;
    this.mostPlaces = mostPlaces;
    this.before = new Neighbours(symbols.limit());
    this.after = new Neighbours(symbols.limit());
  }

  /** Learns until there are enough tokens or no pair is frequent enough. */
  void run(MergeProgress progress) {
    int wanted = vocabularySize - symbols.tokens();
    progress.learned(0, wanted);
    while (symbols.tokens() < vocabularySize && threshold > minCount) {
      index();
      while (symbols.tokens() < vocabularySize && !heap.isEmpty()) {
        if (next() && symbols.learned() % PROGRESS_MERGES == 0) {
          progress.learned(symbols.learned(), wanted);
        }
      }
    }
    progress.learned(symbols.learned(), wanted);
  }

  /** Counts all pairs, and lists the words of the most frequent ones. */
  private void index() {
    waiting.clear();
    heap = new PairHeap();
    pairs = new PairIndex();
    words.compact();
    fill(counted());
    words.forEach(
        (where, word, length, count) -> {
          for (int i = 0; i + 1 < length; i++) {
            int entry = pairs.find(word[i], word[i + 1]);
            if (entry != PairIndex.NONE) {
              pairs.addWord(entry, where);
            }
          }
        });
    for (int entry = 0; entry < pairs.size(); entry++) {
      offer(entry);
    }
  }

  private PairIndex counted() {
    var counted = new PairIndex();
    words.forEach(
        (where, word, length, count) -> {
          for (int i = 0; i + 1 < length; i++) {
            counted.count(word[i], word[i + 1], count);
          }
        });
    return counted;
  }

  private void fill(PairIndex counted) {
    threshold = nextThreshold(counted);
    for (int entry = 0; entry < counted.size(); entry++) {
      int left = counted.left(entry);
      int right = counted.right(entry);
      if (counted.count(entry) >= threshold && symbols.mayJoin(left, right)) {
        pairs.add(left, right, counted.count(entry), counted.places(entry));
      }
    }
  }

  /** The smallest power of two whose pairs fit; those of the largest that has any always do. */
  private long nextThreshold(PairIndex counted) {
    long[] places = new long[Long.SIZE];
    for (int entry = 0; entry < counted.size(); entry++) {
      long count = Math.min(counted.count(entry), threshold - 1);
      if (count >= minCount) {
        places[log2(count)] += counted.places(entry);
      }
    }
    long listed = 0;
    int least = log2(threshold - 1) + 1;
    for (int power = least - 1; power >= log2(minCount); power--) {
      if (listed > 0 && listed + places[power] > mostPlaces) {
        break;
      }
      listed += places[power];
      least = power;
    }
    return Math.max(minCount, 1L << least);
  }

  private static int log2(long count) {
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(count);
  }

  private void offer(int entry) {
    heap.offer(entry, pairs.count(entry), key(entry));
  }

  /** Left id, then right id, of the pairs whose sides are tokens. */
  private long key(int entry) {
    int left = symbols.id(pairs.left(entry));
    int right = symbols.id(pairs.right(entry));
    return left == Symbols.NONE || right == Symbols.NONE ? WAITS : PairIndex.pair(left, right);
  }

  /** Takes the first pair from the heap; returns whether it has been merged. */
  private boolean next() {
    int entry = heap.firstEntry();
    long count = heap.firstCount();
    long key = heap.firstKey();
    heap.removeFirst();
    if (pairs.count(entry) < threshold) {
      pairs.dropWords(entry);
      return false;
    }
    if (pairs.count(entry) != count || key(entry) != key) {
      offer(entry);
      return false;
    }
    if (key == WAITS) {
      int left = pairs.left(entry);
      int late = symbols.id(left) == Symbols.NONE ? left : pairs.right(entry);
      waiting.computeIfAbsent(late, symbol -> new ArrayList<>()).add(entry);
      return false;
    }
    return learn(entry);
  }

  private boolean learn(int entry) {
    int left = pairs.left(entry);
    int right = pairs.right(entry);
    int merged = symbols.join(left, right);
    int[] touched = pairs.words(entry);
    int touchedCount = pairs.places(entry);
    pairs.dropWords(entry);
    if (merged == Symbols.NONE) {
      return false;
    }
    for (int i = 0; i < touchedCount; i++) {
      replace(touched[i], left, right, merged);
    }
    pairs.clearCount(entry);
    int firstNew = pairs.size();
    addPairs(merged);
    if (pairs.size() > firstNew) {
      for (int i = 0; i < touchedCount; i++) {
        list(touched[i], merged);
      }
    }
    before.clear();
    after.clear();
    for (int added = firstNew; added < pairs.size(); added++) {
      offer(added);
    }
    int character = symbols.characterMadeBy(merged, left);
    if (character != Symbols.NONE) {
      waiting.getOrDefault(character, List.of()).forEach(this::offer);
      waiting.remove(character);
    }
    return true;
  }

  /** Puts the new symbol in place of the pair, from the left, and counts what is around it. */
  private void replace(int where, int left, int right, int merged) {
    int[] word = this.word;
    int length = words.load(where, word);
    long count = length == 0 ? 0 : words.count(where);
    int to = 0;
    int afterMerge = 0;
    for (int i = 0; i < length; ) {
      if (word[i] != left || i + 1 == length || word[i + 1] != right) {
        word[to++] = word[i++];
        continue;
      }
      if (i > afterMerge) {
        subtract(word[to - 1], left, count);
      }
      i += 2;
      afterMerge = i;
      if (i < length) {
        subtract(right, word[i], count);
      }
      word[to++] = merged;
    }
    if (to == length) {
      return;
    }
    words.shorten(where, word, to);
    for (int i = 0; i < to; i++) {
      if (word[i] == merged) {
        if (i > 0) {
          before.count(word[i - 1], count);
        }
        if (i + 1 < to && word[i + 1] != merged) {
          after.count(word[i + 1], count);
        }
      }
    }
  }

  private void subtract(int left, int right, long count) {
    int entry = pairs.find(left, right);
    if (entry != PairIndex.NONE) {
      pairs.subtract(entry, count);
    }
  }

  private void addPairs(int merged) {
    for (int i = 0; i < before.size(); i++) {
      int symbol = before.symbol(i);
      if (before.count(symbol) >= threshold && symbols.mayJoin(symbol, merged)) {
        before.setEntry(
            symbol, pairs.add(symbol, merged, before.count(symbol), before.places(symbol)));
      }
    }
    for (int i = 0; i < after.size(); i++) {
      int symbol = after.symbol(i);
      if (after.count(symbol) >= threshold && symbols.mayJoin(merged, symbol)) {
        after.setEntry(
            symbol, pairs.add(merged, symbol, after.count(symbol), after.places(symbol)));
      }
    }
  }

  /** Lists a word under the new pairs that it has. */
  private void list(int where, int merged) {
    int length = words.load(where, word);
    for (int i = 0; i < length; i++) {
      if (word[i] != merged) {
        continue;
      }
      if (i > 0) {
        note(before.entry(word[i - 1]), where);
      }
      if (i + 1 < length && word[i + 1] != merged) {
        note(after.entry(word[i + 1]), where);
      }
    }
  }

  private void note(int entry, int where) {
    if (entry != PairIndex.NONE) {
      pairs.addWord(entry, where);
    }
  }
}
