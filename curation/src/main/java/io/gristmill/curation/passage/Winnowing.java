package io.gristmill.curation.passage;

import static io.gristmill.curation.dedup.Tokens.mix;

import java.util.Arrays;

/**
 * Selects windows of tokens such that two texts that share a run of at least {@code guarantee} in
 * length select the same window inside it, whatever stands around (winnowing: Schleimer, Wilkerson
 * and Aiken 2003, "Winnowing: local algorithms for document fingerprinting", SIGMOD, property 1).
 *
 * <p>A window takes tokens from one on until they are {@code window} long. Of the windows that lie
 * in the first {@code guarantee} from a token on, that with the smallest hash is selected, the last
 * of equals; the choice depends on those tokens alone. Lengths are those of {@link Tokens#length},
 * so windows and guarantee mean the same in spaced and unspaced scripts.
 */
final class Winnowing {
  private static final long BASE = 0xD1B54A32D192ED03L;

  private final int window;
  private final int guarantee;
  private final long[] powers;

  Winnowing(int window, int guarantee) {
    this.window = window;
    this.guarantee = guarantee;
    this.powers = new long[window + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * BASE;
    }
  }

  /**
   * The selected windows in order.
   *
   * @return first token and end (exclusive) of each window in turn
   */
  int[] select(Tokens tokens) {
    int[] ends = ends(tokens);
    if (ends.length == 0) {
      return ends;
    }
    long[] hashes = hashes(tokens, ends);
    int[] queue = new int[ends.length]; // starts of windows whose hashes grow
    int head = 0;
    int tail = 0;
    int[] selected = new int[64];
    int count = 0;
    int last = -1;
    int next = 0;
    int reach = 0;
    for (int from = 0; from < ends.length; from++) {
      while (reach < tokens.count() && tokens.length(from, reach) < guarantee) {
        reach++;
      }
      if (tokens.length(from, reach) < guarantee) {
        break;
      }
      for (; next < ends.length && ends[next] <= reach; next++) {
        while (tail > head && hashes[queue[tail - 1]] >= hashes[next]) {
          tail--;
        }
        queue[tail++] = next;
      }
      while (queue[head] < from) {
        head++;
      }
      if (queue[head] != last) {
        last = queue[head];
        if (count == selected.length) {
          selected = Arrays.copyOf(selected, 2 * count);
        }
        selected[count++] = last;
        selected[count++] = ends[last];
      }
    }
    return Arrays.copyOf(selected, count);
  }

  /** Where the window that begins at each token ends, as far as there are whole windows. */
  private int[] ends(Tokens tokens) {
    int[] ends = new int[tokens.count()];
    int end = 0;
    for (int start = 0; start < ends.length; start++) {
      while (end < tokens.count() && tokens.length(start, end) < window) {
        end++;
      }
      if (tokens.length(start, end) < window) {
        return Arrays.copyOf(ends, start);
      }
      ends[start] = end;
    }
    return ends;
  }

  /** Rolling hashes (Karp and Rabin); equal windows may be two places, so a clash does no harm. */
  private long[] hashes(Tokens tokens, int[] ends) {
    long[] hashes = new long[ends.length];
    long hash = 0;
    int end = 0;
    for (int start = 0; start < ends.length; start++) {
      for (; end < ends[start]; end++) {
        hash = hash * BASE + tokens.hash(end);
      }
      hashes[start] = mix(hash);
      hash -= tokens.hash(start) * powers[end - start - 1];
    }
    return hashes;
  }
}
