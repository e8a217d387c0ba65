package io.gristmill.curation.passage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.text.Characters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WinnowingTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final int WINDOW = 30;
  private static final int GUARANTEE = 40;

  private final Winnowing winnowing = new Winnowing(WINDOW, GUARANTEE);

  @ParameterizedTest
  @ValueSource(strings = {"words", "han", "mixed"})
  void aRunAsLongAsTheGuaranteeIsAlwaysFoundAndOneShorterThanAWindowNever(String script) {
    var random = new SplittableRandom(SEED);
    int found = 0;
    for (int round = 0; round < 600; round++) {
      List<String> run = new ArrayList<>();
      int target = random.nextInt(WINDOW - 6, GUARANTEE + 7);
      while (length(run) < target) {
        run.add(token(random, script));
      }
      Set<List<Long>> shared = windows(planted(random, script, run));
      shared.retainAll(windows(planted(random, script, run)));
      int length = length(run);
      if (length >= GUARANTEE) {
        assertThat(shared).as("seed %d, round %d, length %d", SEED, round, length).isNotEmpty();
      } else if (length < WINDOW) {
        assertThat(shared).as("seed %d, round %d, length %d", SEED, round, length).isEmpty();
      }
      found += shared.isEmpty() ? 0 : 1;
    }
    assertThat(found).isBetween(100, 599);
  }

  @Test
  void selectedWindowsTouch() {
    var random = new SplittableRandom(SEED);
    Tokens tokens = tokens(Texts.words(random, 900));
    int[] windows = winnowing.select(tokens);
    for (int i = 2; i < windows.length; i += 2) {
      assertThat(windows[i]).isGreaterThan(windows[i - 2]).isLessThanOrEqualTo(windows[i - 1]);
    }
    assertThat(windows[0]).isLessThanOrEqualTo((GUARANTEE - WINDOW) / 2);
    // one of w hashes is the least: 2 / (w + 1) of the places are selected (section 3.1)
    double density = windows.length / 2.0 / tokens.count();
    assertThat(density).isBetween(0.26, 0.40);
  }

  @Test
  void repetitionIsSelectedSparsely() {
    Tokens tokens = tokens("ha ".repeat(1000));
    int[] windows = winnowing.select(tokens);
    // all hashes are equal, and the last of equals moves with every step
    assertThat(windows.length / 2).isLessThan(1000);
    assertThat(winnowing.select(tokens("ha ".repeat(GUARANTEE / 2 - 1)))).isEmpty();
    assertThat(winnowing.select(tokens(""))).isEmpty();
  }

  private static String planted(SplittableRandom random, String script, List<String> run) {
    var tokens = new ArrayList<String>();
    IntStream.range(0, random.nextInt(60)).forEach(i -> tokens.add(token(random, script)));
    tokens.addAll(run);
    IntStream.range(0, random.nextInt(60)).forEach(i -> tokens.add(token(random, script)));
    return String.join(" ", tokens);
  }

  private static String token(SplittableRandom random, String script) {
    boolean word = script.equals("words") || (script.equals("mixed") && random.nextBoolean());
    return word ? Texts.word(random) : Texts.han(random, 1);
  }

  private static int length(List<String> run) {
    return run.stream().mapToInt(token -> token.charAt(0) >= 0x4e00 ? 1 : 2).sum();
  }

  private Set<List<Long>> windows(String text) {
    Tokens tokens = tokens(text);
    int[] selected = winnowing.select(tokens);
    Set<List<Long>> windows = new HashSet<>();
    for (int i = 0; i < selected.length; i += 2) {
      windows.add(IntStream.range(selected[i], selected[i + 1]).mapToObj(tokens::hash).toList());
    }
    return windows;
  }

  private static Tokens tokens(String text) {
    return Tokens.of(Characters.codePoints(text));
  }
}
