package io.gristmill.trainer.training;

import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.Tensors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Sums the gradients of a worker's slots by the perfect binary tree over their numbers, in whatever
 * order they arrive: a node waits until its sibling is there, and then both become their parent.
 *
 * <p>When slots are begun in order, about as many buffers are alive as there are threads, and one
 * for each level of the tree. Buffers are used again in the next step. Thread-safe.
 */
final class SlotTree {
  private final ParameterLayout layout;
  private final int slots;
  private final Deque<Tensors> free = new ArrayDeque<>();
  // Keyed by the node's number: the root is 1, the children of n are 2n and 2n + 1.
  private final Map<Integer, Tensors> waiting = new HashMap<>();

  /**
   * @param slots of this worker, a power of two
   */
  SlotTree(ParameterLayout layout, int slots) {
    this.layout = layout;
    this.slots = slots;
  }

  /** A buffer of zeros for the gradients of one slot. */
  Tensors lease() {
    Tensors buffer;
    synchronized (this) {
      buffer = free.poll();
    }
    if (buffer == null) {
      return Tensors.zeros(layout);
    }
    buffer.zero();
    return buffer;
  }

  /** Takes the gradients of a slot, numbered from 0 within this worker. */
  void arrive(int slot, Tensors gradients) {
    int node = slots + slot;
    Tensors sum = gradients;
    while (node > 1) {
      Tensors sibling;
      synchronized (this) {
        sibling = waiting.remove(node ^ 1);
        if (sibling == null) {
          waiting.put(node, sum);
          return;
        }
      }
      Tensors left = (node & 1) == 0 ? sum : sibling;
      Tensors right = left == sum ? sibling : sum;
      left.add(right);
      release(right);
      sum = left;
      node >>= 1;
    }
    synchronized (this) {
      waiting.put(node, sum);
    }
  }

  /** The sum of all slots, once all have arrived; to be given back by {@link #release}. */
  synchronized Tensors root() {
    Tensors root = waiting.remove(1);
    if (root == null || !waiting.isEmpty()) {
      throw new IllegalStateException("the sum was asked for before all slots had arrived");
    }
    return root;
  }

  synchronized void release(Tensors buffer) {
    free.push(buffer);
  }
}
