package io.gristmill.curation.decontamination;

import com.ibm.icu.text.Normalizer2;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds places of a folded text in the text that was folded, in one walk. Folding changes lengths,
 * but never across a normalization boundary (Unicode Standard Annex 15), so the walk goes from one
 * boundary to the next.
 */
final class SourcePlaces {
  private static final Normalizer2 NORMALIZER = Normalizer2.getNFKCCasefoldInstance();

  private final int[] folded;
  private final Place[] places;

  /**
   * The characters that a place comes from: all between two boundaries.
   *
   * @param from first code point
   * @param to code point after the last
   * @param offset of the first, in UTF-16 units
   */
  record Place(int from, int to, int offset) {}

  /**
   * @param folded places in UTF-16 units of the folded text
   */
  SourcePlaces(String text, IntStream folded) {
    this.folded = folded.sorted().distinct().toArray();
    this.places = new Place[this.folded.length];
    int asked = 0;
    int foldedEnd = 0;
    int point = 0;
    for (int from = 0; from < text.length() && asked < places.length; ) {
      int to = boundary(text, from);
      int points = text.codePointCount(from, to);
      foldedEnd += NORMALIZER.normalize(text.substring(from, to)).length();
      while (asked < places.length && this.folded[asked] < foldedEnd) {
        places[asked++] = new Place(point, point + points, from);
      }
      point += points;
      from = to;
    }
  }

  /** The characters that one of the places comes from. */
  Place of(int place) {
    return places[Arrays.binarySearch(folded, place)];
  }

  private static int boundary(String text, int from) {
    int at = from + Character.charCount(text.codePointAt(from));
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (NORMALIZER.hasBoundaryBefore(c)) {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }
}
