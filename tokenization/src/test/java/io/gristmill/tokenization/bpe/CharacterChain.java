package io.gristmill.tokenization.bpe;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Text like another: stretches of it, each of which follows, somewhere in the source, the two
 * characters before it.
 */
final class CharacterChain {
  private static final int LONGEST_STRETCH = 8;

  private final String source;

  /** The places of the source, those with the same two characters together. */
  private final int[] places;

  /** Of each place, where those with the same two characters begin in {@link #places}. */
  private final int[] groups;

  /** How many places are in the group that begins at each. */
  private final int[] sizes;

  private CharacterChain(String source, int[] places) {
    this.source = source;
    this.places = places;
    this.groups = new int[places.length];
    this.sizes = new int[places.length];
    int group = 0;
    for (int i = 0; i < places.length; i++) {
      if (pair(places[i]) != pair(places[group])) {
        group = i;
      }
      groups[places[i]] = group;
      sizes[group]++;
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
    for (int i = 0; i < characters; ) {
      int group = groups[place];
      int like = places[group + random.nextInt(sizes[group])];
      int most = Math.min(characters - i, places.length - like - 1);
      int stretch = Math.min(1 + random.nextInt(LONGEST_STRETCH), most);
      source.getChars(like + 2, like + 2 + stretch, text, i);
      i += stretch;
      place = stretch < most ? like + stretch : random.nextInt(places.length);
    }
    return new String(text);
  }
}
