package io.gristmill.tokenization.sentencepiece;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A set of texts with a value each, by their bytes: a double array, in which the node below {@code
 * n} by byte {@code b} is {@code base(n) ^ b} if the parent of that one is {@code n}. Immutable.
 */
final class ByteTrie {
  /** The node of the empty text. */
  static final int ROOT = 0;

  /** Where there is no node, or no value. */
  static final int NONE = -1;

  private static final int BLOCK = 256;
  private static final int NO_PARENT = -2;

  /** How many blocks are searched for room: more saves little room and costs much time. */
  private static final int SEARCHED_BLOCKS = 16;

  /** Base and parent of each node side by side; a node that is free has the parent NONE. */
  private int[] links = {};

  private int[] values = {};
  private int firstFree;

  /** Values are at least 0. */
  record Entry(String text, int value) {}

  private record Key(byte[] bytes, int value) {}

  ByteTrie(List<Entry> entries) {
    grow();
    links[2 * ROOT + 1] = NO_PARENT;
    Key[] keys =
        entries.stream()
            .map(entry -> new Key(entry.text().getBytes(StandardCharsets.UTF_8), entry.value()))
            .sorted(Comparator.comparing(Key::bytes, Arrays::compareUnsigned))
            .toArray(Key[]::new);
    build(keys, 0, keys.length, 0, ROOT);
  }

  /** Puts what is below a node, which is of {@code keys} from {@code from} to {@code to}. */
  private void build(Key[] keys, int from, int to, int depth, int node) {
    int start = from;
    if (start < to && keys[start].bytes().length == depth) {
      values[node] = keys[start++].value();
    }
    if (start == to) {
      return;
    }
    int[] labels = new int[Math.min(BLOCK, to - start)];
    int[] ends = new int[labels.length];
    int count = 0;
    for (int i = start; i < to; i++) {
      int label = keys[i].bytes()[depth] & 0xFF;
      if (count == 0 || labels[count - 1] != label) {
        labels[count++] = label;
      }
      ends[count - 1] = i + 1;
    }
    int base = room(labels, count);
    links[2 * node] = base;
    for (int c = 0; c < count; c++) {
      links[2 * (base ^ labels[c]) + 1] = node;
    }
    for (int c = 0; c < count; c++) {
      build(keys, c == 0 ? start : ends[c - 1], ends[c], depth + 1, base ^ labels[c]);
    }
  }

  /** A base from which all labels lead to free nodes. */
  private int room(int[] labels, int count) {
    while (firstFree < values.length && links[2 * firstFree + 1] != NONE) {
      firstFree++;
    }
    int node = Math.max(firstFree, values.length - SEARCHED_BLOCKS * BLOCK);
    while (true) {
      if (node == values.length) {
        grow();
      }
      int base = node ^ labels[0];
      int c = 0;
      while (c < count && links[2 * (base ^ labels[c]) + 1] == NONE) {
        c++;
      }
      if (c == count) {
        return base;
      }
      node++;
    }
  }

  private void grow() {
    int from = values.length;
    values = Arrays.copyOf(values, Math.max(BLOCK, from + (from / BLOCK + 3) / 4 * BLOCK));
    links = Arrays.copyOf(links, 2 * values.length);
    for (int node = from; node < values.length; node++) {
      values[node] = NONE;
      links[2 * node + 1] = NONE;
    }
  }

  /** The node below {@code node} by a byte, or {@link #NONE}. */
  int below(int node, byte label) {
    int below = links[2 * node] ^ (label & 0xFF);
    return links[2 * below + 1] == node ? below : NONE;
  }

  /** The value of the text that ends at a node, or {@link #NONE}. */
  int value(int node) {
    return values[node];
  }

  /** How many bytes the longest text has that begins at {@code at}, 0 if none does. */
  int longest(byte[] text, int at, int to) {
    int longest = 0;
    int node = below(ROOT, text[at]);
    for (int i = at + 1; node != NONE; i++) {
      if (values[node] != NONE) {
        longest = i - at;
      }
      node = i < to ? below(node, text[i]) : NONE;
    }
    return longest;
  }

  /** The value of {@code text} from {@code from} to {@code to}, or {@link #NONE}. */
  int find(byte[] text, int from, int to) {
    int node = ROOT;
    for (int i = from; i < to && node != NONE; i++) {
      node = below(node, text[i]);
    }
    return node == NONE ? NONE : values[node];
  }
}
