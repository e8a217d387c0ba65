package io.gristmill.tokenization;

import java.util.Arrays;

/** A growing list of token ids, made once and used again for each text. */
public final class Tokens {
  private int[] ids = new int[1024];
  private int size;

  /** How many ids there are. */
  public int size() {
    return size;
  }

  /** The id at {@code index}, less than {@link #size}. */
  public int get(int index) {
    return ids[index];
  }

  /** Forgets the ids and keeps the memory. */
  public void clear() {
    size = 0;
  }

  public void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size + (size >> 1));
    }
    ids[size++] = id;
  }

  /** Appends the first {@code count} of {@code more}. */
  public void add(int[] more, int count) {
    if (count > ids.length - size) {
      ids = Arrays.copyOf(ids, Math.max(size + count, size + (size >> 1)));
    }
    System.arraycopy(more, 0, ids, size, count);
    size += count;
  }

  /** A copy of the ids. */
  public int[] toArray() {
    return Arrays.copyOf(ids, size);
  }
}
