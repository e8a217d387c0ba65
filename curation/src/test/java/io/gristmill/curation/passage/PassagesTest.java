package io.gristmill.curation.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassagesTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void linesAreComparedWithoutCaseMarksAndDigits() {
    assertThat(
            left(
                Texts.lines(3),
                "One: posted on 2019-02-03\nmine",
                "ONE posted on 2024/11/12!\nyours"))
        .containsExactly("One: posted on 2019-02-03\nmine", "yours");
    assertThat(left(Texts.lines(3), "臺灣的線上遊戲：第3名\n甲", "台湾的线上游戏， 第７名\n乙"))
        .containsExactly("臺灣的線上遊戲：第3名\n甲", "乙");
  }

  @Test
  void shortLinesMayRepeatInBothScripts() {
    assertThat(left(Texts.lines(3), "Yes, indeed.\n一二三四五", "Yes, indeed.\n一二三四五"))
        .containsExactly("Yes, indeed.\n一二三四五", "Yes, indeed.\n一二三四五");
    assertThat(left(Texts.lines(3), "Yes, indeed so.\n一二三四五六", "Yes, indeed so.\n一二三四五六"))
        .containsExactly("Yes, indeed so.\n一二三四五六", "");
  }

  @Test
  void paragraphsAreComparedAsAWholeAndWithTheirDigits() {
    assertThat(left(Texts.paragraphs(3), "Roses are\nred\n\nmine", "roses are\r\nred\r\n\r\nyours"))
        .containsExactly("Roses are\nred\n\nmine", "yours");
    assertThat(left(Texts.paragraphs(3), "Roses are\nred\n\nmine", "Roses are\nblue\n\nyours"))
        .containsExactly("Roses are\nred\n\nmine", "Roses are\nblue\n\nyours");
    assertThat(left(Texts.paragraphs(3), "there are 12 of them", "there are 13 of them"))
        .containsExactly("there are 12 of them", "there are 13 of them");
    assertThat(left(Texts.paragraphs(3), "a b c\n\nx", "y\n \na b c\n\na b c"))
        .containsExactly("a b c\n\nx", "y");
  }

  /** With lines, a paragraph of one line is a line, and counted once. */
  @Test
  void aParagraphOfOneLineIsALine() {
    var both = new PassageConfig(true, true, false, 3, 50, 0, 0);
    assertThat(new Passages(both).of("one two three\n\nfour five six\nseven eight nine"))
        .extracting(Passage::kind)
        .containsExactly(
            PassageKind.LINE, PassageKind.LINE, PassageKind.LINE, PassageKind.PARAGRAPH);
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aRunOfSentencesAsLongAsTheMinimumIsFoundWhereverItStands(boolean chinese) {
    int minimum = 24;
    var random = new SplittableRandom(SEED);
    int shorter = 0;
    for (int round = 0; round < 400; round++) {
      List<String> run = new ArrayList<>();
      int words = 0;
      int target = random.nextInt(10, 60);
      while (words < target) {
        int next = random.nextInt(3, 15);
        run.add(Texts.sentence(random, next, chinese));
        words += next;
      }
      String first = around(random, run, chinese);
      String second = around(random, run, chinese);
      List<Span> spans = Texts.repeated(List.of(first, second), Texts.substrings(minimum)).get(1);
      String about = "seed %d, round %d, %d words".formatted(SEED, round, words);
      if (words >= minimum) {
        assertThat(spans).as(about).isNotEmpty();
      } else if (words < minimum * 3 / 4) {
        assertThat(spans).as(about).isEmpty();
        shorter++;
      }
      String left = Texts.left(List.of(first, second), Texts.substrings(minimum)).get(1);
      Set<String> lost = new HashSet<>(Texts.sentences(second));
      Texts.sentences(left).forEach(lost::remove);
      assertThat(Texts.sentences(first)).as(about).containsAll(lost);
    }
    assertThat(shorter).isPositive();
  }

  @Test
  void aLongRepeatIsRemovedAsAWhole() {
    var random = new SplittableRandom(SEED);
    String run = sentences(random, 40);
    String left =
        left(
                Texts.substrings(50),
                sentences(random, 3) + run + sentences(random, 3),
                "Before it. " + run + "Behind it.")
            .get(1);
    assertThat(left).startsWith("Before it. ").endsWith("Behind it.");
    assertThat(left.split(" ").length).isLessThan(4 + 2 * 14);
  }

  @Test
  void aWrappedCopyIsFound() {
    var random = new SplittableRandom(SEED);
    String run = sentences(random, 12).strip();
    String wrapped = run.replaceAll("((?:\\S+ ){9})(?=[a-z])", "$1\n").replace(" \n", "\n");
    assertThat(wrapped).contains("\n");
    assertThat(left(Texts.substrings(50), run, "Mine.\n\n" + wrapped).get(1).length())
        .isLessThan(wrapped.length() / 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everySentenceStillStandsSomewhere(int variant) {
    var random = new SplittableRandom(SEED + variant);
    List<String> pool =
        IntStream.range(0, 40)
            .mapToObj(i -> Texts.sentence(random, random.nextInt(2, 12), i % 2 == 0).strip())
            .toList();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      var text = new StringBuilder();
      int at = random.nextInt(pool.size());
      for (int n = random.nextInt(1, 30); n > 0; n--) {
        at = random.nextInt(4) == 0 ? random.nextInt(pool.size()) : (at + 1) % pool.size();
        text.append(pool.get(at)).append(List.of(" ", "\n", "\n\n").get(random.nextInt(3)));
      }
      texts.add(text.toString().strip());
    }
    var config =
        new PassageConfig(
            variant % 2 == 1, variant % 4 > 1, variant % 8 > 3 || variant == 8, 3, 10, 0, 0);
    List<String> left = Texts.left(texts, config);
    assertThat(left.stream().mapToInt(String::length).sum())
        .isLessThan(texts.stream().mapToInt(String::length).sum());
    assertThat(distinct(left)).as("seed %d", SEED + variant).isEqualTo(distinct(texts));
  }

  @Test
  void aTextThatRepeatsItselfKeepsTheFirstTime() {
    String line = "the same long line of text again and again";
    assertThat(left(Texts.lines(8), (line + "\n").repeat(5))).containsExactly(line);
    String song = left(Texts.substrings(8), "La la la la. ".repeat(200)).getFirst();
    assertThat(song).startsWith("La la la la.");
    assertThat(song.length()).isLessThan(200);
  }

  @Test
  void aConfigurationThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> Texts.lines(0))
        .hasMessage("passages.line-words is 0, must be from 1 to 10000; 8 is usual");
    assertThatThrownBy(() -> Texts.substrings(3))
        .hasMessage("passages.substring-words is 3, must be from 8 to 10000; 50 is usual");
    assertThatThrownBy(() -> new PassageConfig(true, true, true, 8, 50, 1.2, 0))
        .hasMessage("passages.left-share is 1.2, must be from 0 to 1; 0.2 is usual");
    assertThatThrownBy(() -> new PassageConfig(true, true, true, 8, 50, 0.2, -1))
        .hasMessage("passages.left-words is -1, must be from 0 to 10000; 10 is usual");
  }

  private static String around(SplittableRandom random, List<String> run, boolean chinese) {
    return Texts.sentence(random, random.nextInt(2, 20), chinese)
        + String.join("", run)
        + Texts.sentence(random, random.nextInt(2, 20), chinese);
  }

  private static String sentences(SplittableRandom random, int count) {
    var text = new StringBuilder();
    IntStream.range(0, count).forEach(i -> text.append(Texts.sentence(random, 12, false)));
    return text.toString();
  }

  private static Set<String> distinct(List<String> texts) {
    Set<String> sentences = new HashSet<>();
    texts.forEach(text -> sentences.addAll(Texts.sentences(text)));
    return sentences;
  }

  private static List<String> left(PassageConfig config, String... texts) {
    return Texts.left(List.of(texts), config);
  }
}
