package io.gristmill.tokenization.pretoken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.tokenization.RandomText;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PretokenizerTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  static List<String> names() {
    return Pretokenizer.all().stream().map(Pretokenizer::name).toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void cutsWhatItsRegexesCut(String name) {
    Pretokenizer pretokenizer = Pretokenizer.named(name);
    var random = new SplittableRandom(SEED);
    var twin = new RegexTwin(pretokenizer.regexes());
    for (int i = 0; i < 20_000; i++) {
      String text = RandomText.of(random, 12);
      assertThat(pieces(pretokenizer, text))
          .as("%s, seed %d, text %d: %s", name, SEED, i, escaped(text))
          .isEqualTo(twin.pieces(text));
    }
  }

  @Test
  void cl100kCutsAsOpenAiWroteIt() {
    // With \z for $, which in Java also matches before a last newline.
    var twin =
        new RegexTwin(
            List.of(
                "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+"
                    + "|\\s++\\z|\\s*[\\r\\n]|\\s+(?!\\S)|\\s"));
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 20_000; i++) {
      String text = RandomText.of(random, 12);
      assertThat(pieces(Pretokenizer.named("cl100k"), text))
          .as("seed %d, text %d: %s", SEED, i, escaped(text))
          .isEqualTo(twin.pieces(text));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void cutsAnyBytesWithoutGaps(String name) {
    Pretokenizer pretokenizer = Pretokenizer.named(name);
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      int at = 0;
      while (at < bytes.length) {
        int end = pretokenizer.end(bytes, at, bytes.length);
        assertThat(end).as("seed %d, bytes %d", SEED, i).isGreaterThan(at);
        at = end;
      }
      assertThat(at).isEqualTo(bytes.length);
    }
  }

  @Test
  void theDefaultKeepsHanApartFromLatinAndPunctuation() {
    assertThat(pieces(Pretokenizer.named("deepseek-v3"), "我用Spark 4.2处理，2026年的数据。\n\nIt's (fast)!"))
        .containsExactly(
            "我用", "Spark", " ", "4", ".", "2", "处理", "，", "202", "6", "年的数据", "。\n\n", "It", "'s",
            " (", "fast", ")!");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Pretokenizer.named("p50k"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "pretokenizer is p50k, must be one of deepseek-v3, gpt-2, cl100k, o200k, llama-bpe, qwen2; deepseek-v3 is usual");
  }

  private static List<String> pieces(Pretokenizer pretokenizer, String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    var pieces = new ArrayList<String>();
    for (int from = 0; from < utf8.length; ) {
      int end = pretokenizer.end(utf8, from, utf8.length);
      pieces.add(new String(utf8, from, end - from, UTF_8));
      from = end;
    }
    return pieces;
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c >= 0x21 && c < 0x7F) {
                escaped.append((char) c);
              } else {
                escaped.append("<%X>".formatted(c));
              }
            });
    return escaped.toString();
  }
}
