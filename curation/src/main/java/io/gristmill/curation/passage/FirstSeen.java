package io.gristmill.curation.passage;

import io.gristmill.curation.passage.Occurrence.Rest;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The first occurrence of each key that a task has seen, in a table of fixed size. Any other is
 * certain to go and need not travel, so a line of half of all pages travels once a task, not once a
 * page. When the table fills up, keys that were seen once make room; what is let go only costs that
 * its next occurrence travels too. What goes in the end does not depend on it.
 */
final class FirstSeen {
  private static final int SLOTS = 1 << 19;

  private final Consumer<Occurrence> out;
  private Occurrence[] slots;
  private int count;

  FirstSeen(Consumer<Occurrence> out) {
    this(out, SLOTS);
  }

  /**
   * @param slots a power of two; half of them are filled at most
   */
  FirstSeen(Consumer<Occurrence> out, int slots) {
    this.out = out;
    this.slots = new Occurrence[slots];
  }

  /** Takes note of an occurrence, and hands out those that it makes certain to go. */
  void add(Occurrence occurrence) {
    int slot = slot(occurrence);
    Occurrence held = slots[slot];
    if (held == null) {
      slots[slot] = occurrence;
      if (++count > slots.length / 2) {
        makeRoom();
      }
    } else if (occurrence.compareTo(held) < 0) {
      slots[slot] = occurrence.with(Rest.LATER);
      out.accept(held.with(Rest.EARLIER));
    } else {
      slots[slot] = held.with(Rest.LATER);
      out.accept(occurrence.with(Rest.EARLIER));
    }
  }

  /** Hands out all that is held. */
  void finish() {
    for (Occurrence held : slots) {
      if (held != null) {
        out.accept(held);
      }
    }
    Arrays.fill(slots, null);
    count = 0;
  }

  private void makeRoom() {
    Occurrence[] full = slots;
    int repeated = 0;
    for (Occurrence held : full) {
      repeated += held != null && held.rest() == Rest.LATER ? 1 : 0;
    }
    boolean keep = repeated <= full.length / 4;
    slots = new Occurrence[full.length];
    count = 0;
    for (Occurrence held : full) {
      if (held != null && keep && held.rest() == Rest.LATER) {
        slots[slot(held)] = held;
        count++;
      } else if (held != null) {
        out.accept(held);
      }
    }
  }

  /** The slot that holds the key of an occurrence, or that where it would be put. */
  private int slot(Occurrence occurrence) {
    int slot = (int) occurrence.passage().keyLow() & (slots.length - 1);
    while (slots[slot] != null && !slots[slot].sameKey(occurrence)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
