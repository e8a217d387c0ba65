package io.gristmill.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BigramModelTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void anUntrainedModelIsUniform() {
    assertThat(new BigramModel(8).nats(new int[] {0, 1, 2}, 2)).isEqualTo(-2 * Math.log(1 / 8.0));
  }

  @Test
  void probabilitiesAreThoseOfTheFormula() {
    BigramModel model = new BigramModel(4);
    model.observe(new int[] {0, 1, 2, 1, 2, 1}, 5); // targets 1 2 1 2 1
    double two = (2 + 2 / 4.0) / (5 + 2);
    double one = (3 + 2 / 4.0) / (5 + 2);
    double three = (0 + 2 / 4.0) / (5 + 2);
    assertThat(model.probability(1, 2)).isEqualTo((2 + 1 * two) / (2 + 1));
    assertThat(model.probability(0, 1)).isEqualTo((1 + 1 * one) / (1 + 1));
    assertThat(model.probability(2, 3)).isEqualTo((0 + 1 * three) / (2 + 1));
    assertThat(model.probability(3, 3)).isEqualTo(three); // 3 was never followed
  }

  @Test
  void probabilitiesSumToOneAfterEveryToken() {
    SplittableRandom random = new SplittableRandom(SEED);
    BigramModel model = new BigramModel(300);
    int[] tokens = random.ints(20_001, 0, 250).map(i -> i * i / 250).toArray();
    model.observe(tokens, 20_000);
    for (int previous = 0; previous < 300; previous++) {
      double sum = 0;
      for (int next = 0; next < 300; next++) {
        sum += model.probability(previous, next);
      }
      assertThat(sum).as("seed=%d previous=%d", SEED, previous).isCloseTo(1, within(1e-12));
    }
  }

  /** The values for uniform, unigram and Witten-Bell 2 were computed independently. */
  @Test
  @Tag("shared")
  void charactersOfTinyShakespeareCostWhatTheyDoElsewhere() throws IOException {
    Path file =
        Path.of(System.getProperty("tests.shared"), "data/eval/tinyshakespeare-input.txt.gz");
    assumeTrue(
        Files.isRegularFile(file), "tiny Shakespeare: no shared data at " + file + ", skipped");
    int[] tokens;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      tokens = new String(in.readAllBytes(), StandardCharsets.UTF_8).chars().toArray();
    }
    int[] alphabet = Arrays.stream(tokens).distinct().sorted().toArray();
    int[] ids = Arrays.stream(tokens).map(c -> Arrays.binarySearch(alphabet, c)).toArray();
    assertThat(alphabet).hasSize(65);
    int[] train = Arrays.copyOf(ids, 1_003_854);
    int[] validation = Arrays.copyOfRange(ids, 1_003_853, ids.length);
    BigramModel model = new BigramModel(alphabet.length);
    assertThat(model.nats(validation, validation.length - 1) / (validation.length - 1))
        .isCloseTo(4.174, within(0.001));
    model.observe(train, train.length - 1);
    assertThat(model.nats(validation, validation.length - 1) / (validation.length - 1))
        .isCloseTo(2.486, within(0.001));
  }
}
