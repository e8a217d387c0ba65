package io.gristmill.tokenization.bpe;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Text like another: the next character is one that follows, somewhere in the source, the two
 * characters before it.
 */
final class CharacterChain {
  private final String source;

  /** The places of the source, those with the same two characters together. */
  private final int[] places;

  /** Of each place, where those with the same two characters begin in {@link #places}. */
  private final int[] groups;

  private CharacterChain(String source, int[] places) {
    this.source = source;
    this.places = places;
    this.groups = new int[places.length];
    int group = 0;
    for (int i = 0; i < places.length; i++) {
      if (pair(places[i]) != pair(places[group])) {
        group = i;
      }
      groups[places[i]] = group;
    }
  }

  static CharacterChain of(String source) {
    long[] keyed = new long[source.length() - 2];
    for (int i = 0; i < keyed.length; i++) {
      keyed[i] = (long) source.charAt(i) << 47 | (long) source.charAt(i + 1) << 31 | i;
    }
    Arrays.sort(keyed);
    int[] places = new int[keyed.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = (int) (keyed[i] & Integer.MAX_VALUE);
    }
    return new CharacterChain(source, places);
  }

  private int pair(int place) {
    return source.charAt(place) << 16 | source.charAt(place + 1);
  }

  String text(SplittableRandom random, int characters) {
    char[] text = new char[characters];
    int place = random.nextInt(places.length);
    for (int i = 0; i < characters; i++) {
      int group = groups[place];
      int like = places[group + random.nextInt(size(group))];
      text[i] = source.charAt(like + 2);
      place = like + 1 < places.length ? like + 1 : random.nextInt(places.length);
    }
    return new String(text);
  }

  /** How many places are in a group, by doubling and halving. */
  private int size(int group) {
    int pair = pair(places[group]);
    int step = 1;
    while (group + step < places.length && pair(places[group + step]) == pair) {
      step *= 2;
    }
    int low = step / 2;
    int high = Math.min(step, places.length - group);
    while (low + 1 < high) {
      int middle = (low + high) >>> 1;
      if (pair(places[group + middle]) == pair) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low + 1;
  }
}
