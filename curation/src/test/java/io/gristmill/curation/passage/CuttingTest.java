package io.gristmill.curation.passage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.passage.Cutting.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CuttingTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  /** What stands in brackets goes; | is the end of a line. */
  @ParameterizedTest
  @CsvSource({
    "'a|[b]|c', 'a|c'",
    "'[a]|b', 'b'",
    "'a|[b]', 'a'",
    "'a|[b]|', 'a'",
    "'[a]', ''",
    "'a||[b]||c', 'a||c'",
    "'a||[b|c]||d', 'a||d'",
    "'a|[b]||c', 'a||c'",
    "'a||[b]|c', 'a||c'",
    "'[a]||b', 'b'",
    "'a||[b]', 'a'",
    "'a||[b]||[c]||d', 'a||d'",
    "'a|[b]|[c]|d', 'a|d'",
    "'a. [b.] c.', 'a. c.'",
    "'a. [b.]|c', 'a.|c'",
    "'[a.] b.|c', 'b.|c'",
    "'[a.] [b.]||c', 'c'",
    "'x|[a.] [b.] |y', 'x|y'",
    "'甲。[乙。]丙。', '甲。丙。'",
    "'  [a] b', '  b'",
    "'a [b]', 'a'",
    "'a|[  b]|c', 'a|c'",
    "'a| |[b]| |c', 'a| |c'",
    "'😀[👍🏽]😀', '😀😀'"
  })
  void whatIsLeftReadsAsIfNothingHadBeenThere(String before, String after) {
    String marked = before.replace('|', '\n');
    List<Span> spans = new ArrayList<>();
    var text = new StringBuilder();
    int open = 0;
    for (int c : marked.codePoints().toArray()) {
      if (c == '[') {
        open = text.codePointCount(0, text.length());
      } else if (c == ']') {
        spans.add(new Span(PassageKind.LINE, open, text.codePointCount(0, text.length())));
      } else {
        text.appendCodePoint(c);
      }
    }
    Cut cut = Cutting.cut(text.toString(), spans);
    assertThat(cut.left()).isEqualTo(after.replace('|', '\n'));
    assertThat(Cutting.without(text.toString(), cut.spans())).isEqualTo(cut.left());
  }

  @Test
  void aCharacterOfTwoPassagesCountsForTheFirstKind() {
    Cut cut =
        Cutting.cut(
            "0123456789",
            List.of(
                new Span(PassageKind.SUBSTRING, 2, 8),
                new Span(PassageKind.LINE, 4, 6),
                new Span(PassageKind.PARAGRAPH, 5, 7)));
    assertThat(cut.removed())
        .isEqualTo(Map.of(PassageKind.LINE, 2, PassageKind.PARAGRAPH, 1, PassageKind.SUBSTRING, 3));
    assertThat(cut.spans()).containsExactly(2, 8);
  }

  @Test
  void charactersLeftAndRemovedAreAllThereWere() {
    List<String> parts =
        List.of("a", "。", " ", "\n", "\r\n", "\n\n", "𠮷", "👍🏽", "e\u0301", "\t");
    var random = new SplittableRandom(SEED);
    for (int round = 0; round < 3000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(1, 25); i > 0; i--) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      int length = text.codePointCount(0, text.length());
      List<Span> spans = new ArrayList<>();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        int start = random.nextInt(length);
        spans.add(
            new Span(
                PassageKind.of(random.nextInt(1, 4)), start, random.nextInt(start, length) + 1));
      }
      Cut cut = Cutting.cut(text.toString(), spans);
      int removed = cut.removed().values().stream().mapToInt(Integer::intValue).sum();
      String about = "seed %d, round %d".formatted(SEED, round);
      assertThat(cut.left().codePointCount(0, cut.left().length()) + removed)
          .as(about)
          .isEqualTo(length);
      assertThat(Cutting.without(text.toString(), cut.spans())).as(about).isEqualTo(cut.left());
    }
  }
}
