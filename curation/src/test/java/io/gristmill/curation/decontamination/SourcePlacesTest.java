package io.gristmill.curation.decontamination;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.decontamination.SourcePlaces.Place;
import io.gristmill.curation.dedup.FoldedText;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourcePlacesTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  /** What grows, shrinks, vanishes or joins its neighbour when it is folded, and what does not. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "Ｂ",
          "ﬁ",
          "㍿",
          "ﷺ",
          "\u00ad",
          "e\u0301",
          "\u0301",
          "臺",
          "㌔",
          "𠮷",
          "ß",
          "가",
          "\u1100\u1161",
          " ");

  @Test
  void everyPlaceIsThatOfTheCharactersThatFoldToIt() {
    var random = new SplittableRandom(SEED);
    for (int round = 0; round < 500; round++) {
      String text =
          IntStream.range(0, 1 + random.nextInt(12))
              .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
              .collect(Collectors.joining());
      String folded = fold(text);
      var places = new SourcePlaces(text, IntStream.range(0, folded.length()));
      for (int at = 0; at < folded.length(); at++) {
        Place place = places.of(at);
        int to = text.offsetByCodePoints(0, place.to());
        assertThat(place.offset())
            .as("seed=%d round=%d", SEED, round)
            .isEqualTo(text.offsetByCodePoints(0, place.from()));
        String before = fold(text.substring(0, place.offset()));
        String here = fold(text.substring(place.offset(), to));
        assertThat(before + here + fold(text.substring(to))).isEqualTo(folded);
        assertThat(at)
            .as("seed=%d round=%d", SEED, round)
            .isBetween(before.length(), before.length() + here.length() - 1);
      }
    }
  }

  private static String fold(String text) {
    return new FoldedText().fold(text).toString();
  }
}
