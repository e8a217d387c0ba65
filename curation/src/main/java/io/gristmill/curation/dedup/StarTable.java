package io.gristmill.curation.dedup;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/**
 * For each key the smallest node that has come with it: a hash table in arrays, with open
 * addressing, 48 bytes an entry. Every other node of a key becomes the child of an edge the moment
 * it comes, so a key of n nodes costs n - 1 edges and one entry.
 */
final class StarTable {
  private static final int SMALLEST = 1 << 10;

  /** Stands for an empty place, so the key of this value is taken for its neighbour. */
  private static final long EMPTY = 0;

  private long[] keys = new long[SMALLEST];
  private long[] nodes = new long[4 * SMALLEST];
  private int[] counts = new int[SMALLEST];
  private int size;

  /** A key with its smallest node, and how many nodes have come with it. */
  record Star(long key, Node center, int count) {}

  /** An edge from a node to a smaller one of the same key. */
  record Edge(Node child, Node parent) {}

  /**
   * Adds {@code count} nodes that have met under a key, the smallest of which is {@code node}.
   *
   * @param edges takes the edge between this node and the one that was there, if they differ
   */
  void add(long key, Node node, int count, Consumer<Edge> edges) {
    long stored = key == EMPTY ? EMPTY + 1 : key;
    int slot = slot(stored);
    if (keys[slot] == EMPTY) {
      keys[slot] = stored;
      put(slot, node);
      counts[slot] = count;
      size++;
      if (size > keys.length / 2) {
        grow();
      }
      return;
    }
    counts[slot] = (int) Math.min(Integer.MAX_VALUE, (long) counts[slot] + count);
    Node center = node(slot);
    int order = node.compareTo(center);
    if (order < 0) {
      put(slot, node);
      edges.accept(new Edge(center, node));
    } else if (order > 0) {
      edges.accept(new Edge(node, center));
    }
  }

  int size() {
    return size;
  }

  /** Every key, in no order; they are forgotten at the end, before which nothing may be added. */
  Iterator<Star> drain() {
    return new Iterator<>() {
      private int slot = next(0);

      @Override
      public boolean hasNext() {
        return slot < keys.length;
      }

      @Override
      public Star next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no key is left");
        }
        var star = new Star(keys[slot], node(slot), counts[slot]);
        slot = next(slot + 1);
        return star;
      }

      private int next(int from) {
        int found = from;
        while (found < keys.length && keys[found] == EMPTY) {
          found++;
        }
        if (found == keys.length) {
          Arrays.fill(keys, EMPTY);
          size = 0;
        }
        return found;
      }
    };
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) (Tokens.mix(key) >>> 32) & mask;
    while (keys[slot] != EMPTY && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private Node node(int slot) {
    int at = 4 * slot;
    return new Node(nodes[at], nodes[at + 1], nodes[at + 2], nodes[at + 3]);
  }

  private void put(int slot, Node node) {
    int at = 4 * slot;
    nodes[at] = node.rank();
    nodes[at + 1] = node.idHigh();
    nodes[at + 2] = node.idLow();
    nodes[at + 3] = node.at();
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldNodes = nodes;
    int[] oldCounts = counts;
    keys = new long[2 * oldKeys.length];
    nodes = new long[2 * oldNodes.length];
    counts = new int[2 * oldCounts.length];
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldKeys[old] != EMPTY) {
        int slot = slot(oldKeys[old]);
        keys[slot] = oldKeys[old];
        System.arraycopy(oldNodes, 4 * old, nodes, 4 * slot, 4);
        counts[slot] = oldCounts[old];
      }
    }
  }
}
