package io.gristmill.curation.decontamination;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Evidence as a run of ints, so that a million items are one array: tokens and whether the anchor
 * decides alone, near, the n-grams after their number, the numbers of parts, and each part's prints
 * after their number and whether it is whole.
 */
final class EvidenceWords {
  private final int[] words;
  private int at;

  private EvidenceWords(int[] words, int at) {
    this.words = words;
    this.at = at;
  }

  static void write(Evidence evidence, IntConsumer out) {
    out.accept(flagged(evidence.tokens(), evidence.alone()));
    out.accept(evidence.near());
    out.accept(evidence.grams().length);
    Arrays.stream(evidence.grams()).forEach(out);
    out.accept(evidence.any().size());
    out.accept(evidence.half().size());
    evidence.any().forEach(part -> write(part, out));
    evidence.half().forEach(part -> write(part, out));
  }

  /** The evidence that begins at a place. */
  static Evidence read(int[] words, int place) {
    return new EvidenceWords(words, place).evidence();
  }

  private static void write(Part part, IntConsumer out) {
    out.accept(flagged(part.prints().length, part.whole()));
    Arrays.stream(part.prints()).forEach(out);
  }

  private Evidence evidence() {
    int tokens = words[at++];
    int near = words[at++];
    int[] grams = prints(words[at++]);
    int any = words[at++];
    int half = words[at++];
    return new Evidence(grams, tokens >> 1, (tokens & 1) != 0, near, parts(any), parts(half));
  }

  private List<Part> parts(int count) {
    List<Part> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = words[at++];
      parts.add(new Part((length & 1) != 0, prints(length >> 1)));
    }
    return parts;
  }

  private int[] prints(int count) {
    int[] prints = Arrays.copyOfRange(words, at, at + count);
    at += count;
    return prints;
  }

  private static int flagged(int number, boolean flag) {
    return number << 1 | (flag ? 1 : 0);
  }
}
