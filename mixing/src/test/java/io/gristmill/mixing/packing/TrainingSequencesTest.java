package io.gristmill.mixing.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.mixing.mixture.MixturePlanner;
import io.gristmill.mixing.mixture.PhaseConfig;
import io.gristmill.mixing.mixture.Weight;
import io.gristmill.mixing.mixture.WhenCapped;
import io.gristmill.mixing.online.WeightLog;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardReader;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSequencesTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final int LENGTH = 32;

  @TempDir Path folder;
  private Shards shards;

  @BeforeEach
  void write() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    shards =
        new WrittenShards(folder)
            .group(Split.TRAIN, "web", "en", random.ints(80, 1, 100).toArray())
            .group(Split.TRAIN, "web", "zh-Hans", random.ints(20, 1, 100).toArray())
            .group(Split.TRAIN, "web", "zh-Hant", random.ints(10, 1, 100).toArray())
            .group(Split.VALIDATION, "web", "en", 40, 50, 7)
            .group(Split.VALIDATION, "web", "zh-Hans", 64)
            .publish();
  }

  @Test
  void anySequenceIsTheSameInAnyOrderAndFromAnyOpening() throws IOException {
    Mixture mixture = mixture(0.5, 0.5);
    int count = (int) mixture.sequences();
    int[][] inOrder = new int[count][LENGTH + 1];
    try (TrainingSequences sequences = TrainingSequences.open(mixture, shards)) {
      for (int n = 0; n < count; n++) {
        sequences.read(n, inOrder[n]);
      }
    }
    SplittableRandom random = new SplittableRandom(SEED);
    Shards again = Shards.open(shards.folder(), WrittenShards.CONFIGURATION);
    try (TrainingSequences sequences = TrainingSequences.open(mixture, again)) {
      int[] tokens = new int[LENGTH + 1];
      for (int i = 0; i < 500; i++) {
        int n = random.nextInt(count);
        sequences.read(n, tokens);
        assertThat(tokens).as("seed=%d n=%d", SEED, n).isEqualTo(inOrder[n]);
      }
    }
  }

  @Test
  void aSequenceIsTheTokensAtItsOriginAndTheRingCloses() throws IOException {
    Mixture mixture = mixture(0.5, 0.5);
    try (TrainingSequences sequences = TrainingSequences.open(mixture, shards)) {
      int[] tokens = new int[LENGTH + 1];
      for (long n = 0; n < mixture.sequences(); n++) {
        sequences.read(n, tokens);
        TrainingSequences.Origin origin = sequences.origin(n);
        Mixture.Group group =
            mixture.components().get(origin.component()).groups().get(origin.group());
        int[] all = all(shards.index().group(Split.TRAIN, group.domain(), group.language()));
        int[] expected = new int[LENGTH + 1];
        for (int t = 0; t <= LENGTH; t++) {
          expected[t] = all[(int) ((origin.position() + t) % all.length)];
        }
        assertThat(tokens).isEqualTo(expected);
      }
    }
  }

  @Test
  void anEpochUsesEveryTokenAtMostOnceAsInputAndLeavesLessThanASequencePerGroup()
      throws IOException {
    Mixture mixture = mixture(0.4, 0.6);
    Map<String, Integer> uses = new HashMap<>(); // component, epoch, token number
    long[] inputs = new long[2];
    try (TrainingSequences sequences = TrainingSequences.open(mixture, shards)) {
      int[] tokens = new int[LENGTH + 1];
      for (long n = 0; n < mixture.sequences(); n++) {
        sequences.read(n, tokens);
        TrainingSequences.Origin origin = sequences.origin(n);
        inputs[origin.component()] += LENGTH;
        for (int t = 0; t < LENGTH; t++) {
          if (tokens[t] != 0) {
            uses.merge(
                origin.component() + "/" + origin.epoch() + "/" + tokens[t], 1, Integer::sum);
          }
        }
      }
    }
    assertThat(uses.values()).containsOnly(1);
    for (int c = 0; c < 2; c++) {
      Mixture.Component component = mixture.components().get(c);
      assertThat(inputs[c]).isEqualTo(component.sequences() * LENGTH);
      assertThat(component.tokens() - component.epochSequences() * LENGTH)
          .isBetween(0L, (long) component.groups().size() * LENGTH);
    }
  }

  @Test
  void epochsOfAComponentDiffer() throws IOException {
    Mixture mixture = mixture(0.2, 0.8);
    Mixture.Component chinese = mixture.components().get(1);
    assertThat(chinese.epochs()).isGreaterThan(2);
    try (TrainingSequences sequences = TrainingSequences.open(mixture, shards)) {
      long[][] starts = new long[2][(int) chinese.epochSequences()];
      int[] seen = new int[2];
      for (long n = 0; n < mixture.sequences(); n++) {
        TrainingSequences.Origin origin = sequences.origin(n);
        if (origin.component() == 1 && origin.epoch() < 2) {
          int epoch = (int) origin.epoch();
          starts[epoch][seen[epoch]++] = origin.group() * 1_000_000L + origin.position();
        }
      }
      assertThat(starts[0]).isNotEqualTo(starts[1]);
      Arrays.sort(starts[0]);
      Arrays.sort(starts[1]);
      assertThat(starts[0]).isNotEqualTo(starts[1]);
    }
  }

  /** From shards through mixture.json to tokens, read by two that know of each other nothing. */
  @Test
  void phasesAreTrainedInTheirRatioAndPickUpWhereTheLastOneStopped() throws IOException {
    MixtureConfig config =
        new MixtureConfig(
            List.of(
                new Weight("*", "en", 0.8),
                new Weight(
                    "*",
                    "zh*",
                    0.2,
                    0,
                    1,
                    List.of(
                        new Weight("*", "zh-Hans", Double.NaN),
                        new Weight("*", "zh-Hant", Double.NaN)))),
            0,
            List.of(new PhaseConfig(0.75, List.of()), new PhaseConfig(0.25, List.of(0.1, 0.9))),
            LENGTH,
            10_000,
            1000,
            WhenCapped.STOP,
            3);
    Mixture planned = MixturePlanner.plan(config, shards.index());
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(folder.toUri().toString(), "mixture.json");
    MixtureJson.write(planned, file, WrittenShards.CONFIGURATION);
    Mixture mixture = MixtureJson.read(file, WrittenShards.CONFIGURATION);
    assertThat(mixture.components()).hasSize(3);
    int count = (int) mixture.sequences();
    long[][] taken = new long[2][3];
    long[] turns = new long[3];
    int[][] read = new int[count][LENGTH + 1];
    try (TrainingSequences sequences = TrainingSequences.open(mixture, shards)) {
      for (int n = 0; n < count; n++) {
        sequences.read(n, read[n]);
        TrainingSequences.Origin origin = sequences.origin(n);
        int c = origin.component();
        assertThat(origin.epoch())
            .isEqualTo(turns[c]++ / mixture.components().get(c).epochSequences());
        taken[n < mixture.phases().getFirst().sequences() ? 0 : 1][c]++;
      }
    }
    for (int c = 0; c < 3; c++) {
      assertThat(mixture.components().get(c).phaseSequences())
          .containsExactly(taken[0][c], taken[1][c]);
      assertThat(turns[c]).isEqualTo(mixture.components().get(c).sequences());
    }
    // 313 sequences, 235 in the first phase
    assertThat(taken[0][0]).isBetween(187L, 189L);
    assertThat(taken[1][0]).isBetween(7L, 9L);
    try (TrainingSequences sequences = TrainingSequences.open(planned, shards)) {
      int[] tokens = new int[LENGTH + 1];
      for (int n = count - 1; n >= 0; n--) {
        sequences.read(n, tokens);
        assertThat(tokens).isEqualTo(read[n]);
      }
    }
  }

  @Test
  void changedShardsAreRefused() throws IOException {
    Mixture mixture = mixture(0.5, 0.5);
    Shards other =
        new WrittenShards(folder.resolve("other"))
            .group(Split.TRAIN, "web", "en", 100)
            .group(Split.TRAIN, "web", "zh-Hans", 100)
            .group(Split.TRAIN, "web", "zh-Hant", 100)
            .publish();
    assertThatThrownBy(() -> TrainingSequences.open(mixture, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the mixture was planned for other shards of web/en");
  }

  @Test
  void aSequenceBeyondTheLastIsRefused() throws IOException {
    try (TrainingSequences sequences = TrainingSequences.open(mixture(0.5, 0.5), shards)) {
      assertThatThrownBy(() -> sequences.read(sequences.count(), new int[LENGTH + 1]))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageContaining("mix more tokens or train fewer steps");
      assertThatThrownBy(() -> sequences.read(0, new int[LENGTH]))
          .hasMessageContaining("must have sequence length + 1 = 33");
    }
  }

  @Test
  void theOrderGoesOnBeyondTheLastSequenceForThoseWhoAsk() throws IOException {
    Mixture mixture = mixture(0.5, 0.5);
    try (TrainingSequences sequences = TrainingSequences.open(mixture, shards)) {
      sequences.goBeyond();
      long last = mixture.sequences() - 1;
      int[] turns = new int[2];
      Set<TrainingSequences.Origin> seen = new HashSet<>();
      for (long n = 0; n <= last; n++) {
        seen.add(sequences.origin(n));
      }
      for (long n = last + 1; n <= last + 10; n++) {
        TrainingSequences.Origin origin = sequences.origin(n);
        assertThat(seen.add(origin)).as("%s is another than all before", origin).isTrue();
        turns[origin.component()]++;
        sequences.read(n, new int[LENGTH + 1]);
        assertThat(sequences.documents(n)).isNotEmpty();
      }
      assertThat(turns).containsExactly(5, 5);
    }
  }

  @Test
  void everyHeldOutTokenIsATargetOnce() throws IOException {
    try (ValidationSequences validation = ValidationSequences.open(shards, LENGTH)) {
      assertThat(validation.groups())
          .extracting(ShardGroup::label)
          .containsExactly("web/en", "web/zh-Hans");
      assertThat(validation.count(1)).isEqualTo(2);
      for (int g = 0; g < 2; g++) {
        int[] all = all(validation.groups().get(g));
        int[] targets = new int[all.length];
        int seen = 0;
        int[] tokens = new int[LENGTH + 1];
        for (long window = 0; window < validation.count(g); window++) {
          int count = validation.read(g, window, tokens);
          assertThat(tokens[0]).isEqualTo(seen == 0 ? 0 : all[seen - 1]);
          System.arraycopy(tokens, 1, targets, seen, count);
          seen += count;
        }
        assertThat(seen).isEqualTo(all.length);
        assertThat(targets).isEqualTo(all);
      }
    }
  }

  /** A run that changes its weights twice, and what reads its mixture.json afterwards. */
  @Test
  void changedWeightsGoOnWhereEachComponentStoppedAndTheirLogReplaysThem() throws IOException {
    Mixture planned = mixture(0.5, 0.5);
    long[] caps = planned.components().stream().mapToLong(Mixture.Component::cap).toArray();
    WeightLog log = WeightLog.none();
    List<int[]> read = new ArrayList<>();
    long[] turns = new long[2];
    try (TrainingSequences sequences = TrainingSequences.open(planned, shards)) {
      for (double english : new double[] {0.5, 0.9, 0.12}) {
        log = log.then(101, List.of(english, 1 - english), caps);
        sequences.follow(log.order());
        while (read.size() < log.sequences()) {
          int[] tokens = new int[LENGTH + 1];
          sequences.read(read.size(), tokens);
          TrainingSequences.Origin origin = sequences.origin(read.size());
          int c = origin.component();
          assertThat(origin.epoch())
              .isEqualTo(turns[c]++ / planned.components().get(c).epochSequences());
          read.add(tokens);
        }
      }
    }
    assertThat(turns).isEqualTo(log.turns());
    assertThat(turns[0]).isBetween(152L, 154L); // 101 (0.5 + 0.9 + 0.12)
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(folder.toUri().toString(), "mixture.json");
    MixtureJson.write(planned.with(log), file, WrittenShards.CONFIGURATION);
    Mixture replay = MixtureJson.read(file, WrittenShards.CONFIGURATION);
    assertThat(replay).isEqualTo(planned.with(log));
    assertThat(replay.sequences()).isEqualTo(303);
    assertThat(replay.shrunk()).isFalse();
    try (TrainingSequences sequences = TrainingSequences.open(replay, shards)) {
      int[] tokens = new int[LENGTH + 1];
      for (int n = read.size() - 1; n >= 0; n--) {
        sequences.read(n, tokens);
        assertThat(tokens).isEqualTo(read.get(n));
      }
    }
  }

  @Test
  void documentsOfASequenceAreThoseThatItsTokensStandIn() throws IOException {
    Mixture mixture = mixture(0.5, 0.5);
    try (TrainingSequences sequences = TrainingSequences.open(mixture, shards)) {
      for (int n = 0; n < 40; n++) {
        TrainingSequences.Origin origin = sequences.origin(n);
        Mixture.Group group =
            mixture.components().get(origin.component()).groups().get(origin.group());
        int[] tokens = all(shards.index().group(Split.TRAIN, group.domain(), group.language()));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i <= LENGTH; i++) {
          int position = (int) ((origin.position() + i) % tokens.length);
          long before = Arrays.stream(tokens, 0, position).filter(token -> token == 0).count();
          if (expected.isEmpty() || !expected.getLast().equals("web" + before)) {
            expected.add("web" + before);
          }
        }
        assertThat(sequences.documents(n)).as("sequence %d", n).isEqualTo(expected);
      }
    }
  }

  private Mixture mixture(double english, double chinese) {
    MixtureConfig config =
        new MixtureConfig(
            List.of(new Weight("*", "en", english), new Weight("web", "zh*", chinese)),
            LENGTH,
            20_000,
            1000,
            WhenCapped.SHRINK,
            3);
    return MixturePlanner.plan(config, shards.index());
  }

  private int[] all(ShardGroup group) throws IOException {
    try (ShardReader reader = shards.reader(group)) {
      int[] all = new int[(int) reader.tokens()];
      reader.read(0, all, 0, all.length);
      return all;
    }
  }
}
