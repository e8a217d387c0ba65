package io.gristmill.curation.passage;

import io.gristmill.curation.text.Characters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random texts of both scripts, and what becomes of a few texts when all are in memory. */
final class Texts {
  private Texts() {}

  /** A word that hardly any other call gives. */
  static String word(SplittableRandom random) {
    return Long.toString(random.nextLong(1L << 20, 1L << 34), 36).replaceAll("[0-9]", "e");
  }

  static String words(SplittableRandom random, int count) {
    return IntStream.range(0, count).mapToObj(i -> word(random)).collect(Collectors.joining(" "));
  }

  static String han(SplittableRandom random, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Character.toString(random.nextInt('\u4e00', '\u9f00')))
        .collect(Collectors.joining());
  }

  /** A sentence of so many words, or of twice as many Han characters. */
  static String sentence(SplittableRandom random, int words, boolean chinese) {
    return chinese
        ? han(random, 2 * words) + "。"
        : "The " + words(random, words - 1) + (random.nextInt(9) == 0 ? "? " : ". ");
  }

  /** Passages that go from each text, when the first occurrence in the given order stays. */
  static List<List<Span>> repeated(List<String> texts, PassageConfig config) {
    var passages = new Passages(config);
    record Place(int text, Passage passage) {}
    Map<List<Long>, List<Place>> places = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      for (Passage passage : passages.of(texts.get(i))) {
        places
            .computeIfAbsent(List.of(passage.keyHigh(), passage.keyLow()), key -> new ArrayList<>())
            .add(new Place(i, passage));
      }
    }
    List<List<Span>> spans = new ArrayList<>();
    texts.forEach(text -> spans.add(new ArrayList<>()));
    for (List<Place> all : places.values()) {
      all.stream()
          .sorted(
              Comparator.comparingInt(Place::text)
                  .thenComparingInt(place -> place.passage().start())
                  .thenComparingInt(place -> place.passage().end()))
          .skip(1)
          .forEach(
              place ->
                  spans
                      .get(place.text())
                      .add(
                          new Span(
                              place.passage().kind(),
                              place.passage().start(),
                              place.passage().end())));
    }
    return spans;
  }

  /** What is left of each text. */
  static List<String> left(List<String> texts, PassageConfig config) {
    List<List<Span>> spans = repeated(texts, config);
    return IntStream.range(0, texts.size())
        .mapToObj(i -> Cutting.cut(texts.get(i), spans.get(i)).left())
        .toList();
  }

  static List<String> sentences(String text) {
    int[] codePoints = Characters.codePoints(text);
    var sentences = Sentences.of(codePoints);
    return IntStream.range(0, sentences.count())
        .mapToObj(
            i -> new String(codePoints, sentences.start(i), sentences.end(i) - sentences.start(i)))
        .toList();
  }

  static PassageConfig lines(int words) {
    return new PassageConfig(true, false, false, words, 50, 0, 0);
  }

  static PassageConfig paragraphs(int words) {
    return new PassageConfig(false, true, false, words, 50, 0, 0);
  }

  static PassageConfig substrings(int words) {
    return new PassageConfig(false, false, true, 8, words, 0, 0);
  }
}
