package io.gristmill.tokenization.sentencepiece;

import io.gristmill.tokenization.normalization.Utf8;
import java.util.Arrays;

/**
 * Finds the pieces whose scores add up to the most (Kudo, arXiv 1804.10959), by the Viterbi
 * algorithm over bytes; of equal sums the one met first. Where every way through the text passes,
 * what lies behind is given away, so that memory is that of the longest stretch without such a
 * place. The sum goes on, since its rounding decides between near-ties.
 */
final class UnigramSegmenter implements Segmenter {
  private static final int UNKNOWN = -1;
  private static final int UNREACHED = -1;

  private final UnigramTable table;

  // For each place after the last one passed by all: the best sum, and the last piece on the way.
  private float[] sums = new float[1 << 8];
  private int[] starts = new int[1 << 8];
  private int[] ids = new int[1 << 8];
  private int[] path = new int[1 << 8];

  UnigramSegmenter(UnigramTable table) {
    this.table = table;
  }

  @Override
  public void segment(byte[] text, int length, PieceOutput output) {
    ByteTrie trie = table.trie();
    int passed = 0;
    int furthest = 0;
    sums[0] = 0;
    for (int at = 0; at < length; at += Utf8.length(text[at])) {
      float sum = sums[at - passed];
      if (at == furthest && at > passed) {
        give(text, passed, at, output);
        passed = at;
        sums[0] = sum;
      }
      int next = at + Utf8.length(text[at]);
      boolean single = false;
      int node = trie.below(ByteTrie.ROOT, text[at]);
      for (int end = at + 1; node != ByteTrie.NONE; end++) {
        int id = trie.value(node);
        if (id != ByteTrie.NONE) {
          furthest = reach(passed, furthest, end);
          single |= end == next;
          double candidate = table.score(id) + sum;
          if (starts[end - passed] == UNREACHED || candidate > sums[end - passed]) {
            set(end - passed, (float) candidate, at - passed, id);
          }
        }
        node = end < length ? trie.below(node, text[end]) : ByteTrie.NONE;
      }
      if (!single) {
        furthest = reach(passed, furthest, next);
        float candidate = table.unknownScore() + sum;
        if (starts[next - passed] == UNREACHED || candidate > sums[next - passed]) {
          set(next - passed, candidate, at - passed, UNKNOWN);
        }
      }
    }
    give(text, passed, length, output);
  }

  private void set(int place, float sum, int start, int id) {
    sums[place] = sum;
    starts[place] = start;
    ids[place] = id;
  }

  /** Makes places up to {@code end} ready and returns the furthest that is. */
  private int reach(int passed, int furthest, int end) {
    if (end <= furthest) {
      return furthest;
    }
    int places = end - passed + 1;
    if (places > sums.length) {
      int capacity = (int) Math.min(Math.max(places, 2L * sums.length), Integer.MAX_VALUE - 16);
      sums = Arrays.copyOf(sums, capacity);
      starts = Arrays.copyOf(starts, capacity);
      ids = Arrays.copyOf(ids, capacity);
    }
    Arrays.fill(starts, furthest - passed + 1, places, UNREACHED);
    return end;
  }

  /** Gives the best way from {@code passed} to {@code to}. */
  private void give(byte[] text, int passed, int to, PieceOutput output) {
    int pieces = 0;
    for (int place = to - passed; place > 0; place = starts[place]) {
      if (pieces == path.length) {
        path = Arrays.copyOf(path, 2 * pieces);
      }
      path[pieces++] = place;
    }
    while (pieces > 0) {
      int place = path[--pieces];
      if (ids[place] == UNKNOWN) {
        output.addUnknown(Utf8.character(text, passed + starts[place], text.length));
      } else {
        output.add(ids[place]);
      }
    }
  }
}
