package io.gristmill.tokenization.pretoken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.tokenization.RandomText;
import io.gristmill.tokenization.pretoken.Split.Behavior;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SplitsTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  static List<String> names() {
    return Pretokenizer.all().stream().map(Pretokenizer::name).toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theEngineCutsAsTheScannerDoes(String name) {
    Pretokenizer scanner = Pretokenizer.named(name);
    var engine = new Splits(scanner.regexes().stream().map(Split::isolated).toList());
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 3_000; i++) {
      // The engine may be of a later Unicode than the JDK: characters that only it knows are left
      // out.
      String text = RandomText.of(random, 12).replaceAll("\\p{Cn}", "");
      assertThat(pieces(engine, text))
          .as("%s, seed %d, text %d: %s", name, SEED, i, text)
          .isEqualTo(pieces(scanner, text));
    }
  }

  /** The example of Hugging Face's documentation of the behaviors. */
  @ParameterizedTest
  @CsvSource({
    "REMOVED, the final countdown",
    "ISOLATED, the - final - - countdown",
    "MERGED_WITH_PREVIOUS, the- final- - countdown",
    "MERGED_WITH_NEXT, the -final - -countdown",
    "CONTIGUOUS, the - final -- countdown"
  })
  void aMatchBecomesWhatItsBehaviorSays(Behavior behavior, String expected) {
    List<String> pieces = Arrays.asList(expected.split(" "));
    String text = "the-final--countdown";
    assertThat(pieces(new Splits(List.of(new Split("-", false, behavior, false))), text))
        .isEqualTo(pieces);
    assertThat(pieces(new Splits(List.of(new Split("-", true, behavior, false))), text))
        .isEqualTo(pieces);
  }

  @Test
  void anInvertedSplitKeepsWhatMatches() {
    var splits = new Splits(List.of(new Split("[a-z]+|-", false, Behavior.REMOVED, true)));
    assertThat(pieces(splits, "the-final, countdown"))
        .containsExactly("the", "-", "final", "countdown");
  }

  @Test
  void aLiteralPatternMeansItself() {
    var splits = new Splits(List.of(new Split("(.)|\\", true, Behavior.ISOLATED, false)));
    assertThat(pieces(splits, "a(.)|\\b")).containsExactly("a", "(.)|\\", "b");
    assertThat(pieces(splits, "abc")).containsExactly("abc");
  }

  @Test
  void bytesThatAreNotUtf8AreAPiece() {
    byte[] bytes = {'a', 'b', (byte) 0xFF, (byte) 0xE4, 'c', ' ', 'd'};
    var pieces = new ArrayList<Integer>();
    new Splits(List.of(Split.isolated("\\w+")))
        .cutter()
        .cut(bytes, 0, bytes.length, (from, to) -> pieces.add(to));
    assertThat(pieces).containsExactly(2, 4, 5, 6, 7);
  }

  @Test
  void whatIsNoRegularExpressionIsNamed() {
    assertThatThrownBy(() -> new Splits(List.of(Split.isolated("a(b"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"a(b\" is not a regular expression of Oniguruma (");
    assertThatThrownBy(() -> new Splits(List.of(Split.isolated("(".repeat(200_000)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a regular expression of 200000 characters is nested too deeply");
  }

  @Test
  void aRegularExpressionThatRunsAwayIsStopped() {
    var splits = new Splits(List.of(Split.isolated("(x+x+)+y")), Duration.ofMillis(200));
    assertThatThrownBy(() -> pieces(splits, "x".repeat(60)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the regular expression \"(x+x+)+y\" runs away on a text of 60 bytes; replace it in the tokenizer, or leave out that text");
  }

  private static List<String> pieces(Pretokenization pretokenizer, String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    var pieces = new ArrayList<String>();
    pretokenizer
        .cutter()
        .cut(
            utf8,
            0,
            utf8.length,
            (from, to) -> pieces.add(new String(utf8, from, to - from, UTF_8)));
    return pieces;
  }
}
