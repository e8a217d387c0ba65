package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.trainer.collective.Compression;
import io.gristmill.trainer.collective.VectorShards;
import io.gristmill.trainer.collective.Workers;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OuterStepTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final int ROUNDS = 3;
  private static final float RATE = 0.7f;
  private static final float MOMENTUM = 0.9f;
  private static final ParameterLayout LAYOUT = ParameterLayout.of(TinyWorld.model());
  private static final int SIZE = (int) LAYOUT.size();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void everyWorkerEndsAtNesterovsStepByTheMeanDifference(int workers) throws Exception {
    float[] expected = expected(workers);
    List<float[]> results =
        Workers.run(
            workers,
            group -> {
              var shards = new VectorShards(SIZE, workers);
              var config = new ExchangeConfig(Compression.NONE, 5, RATE, MOMENTUM, workers);
              Tensors parameters = Tensors.zeros(LAYOUT);
              Tensors buffer = Tensors.zeros(LAYOUT);
              float[] flat = start();
              try (var team = new ThreadTeam(2)) {
                var outer = new OuterStep(group, team, shards, LAYOUT, config);
                parameters.copyFrom(0, flat, 0, SIZE);
                outer.begin(parameters);
                for (int round = 0; round < ROUNDS; round++) {
                  parameters.copyTo(0, flat, 0, SIZE);
                  drift(flat, group.rank(), round);
                  parameters.copyFrom(0, flat, 0, SIZE);
                  outer.apply(parameters, buffer, round);
                }
              }
              parameters.copyTo(0, flat, 0, SIZE);
              return flat;
            });
    assertThat(results)
        .as("seed %d", SEED)
        .allSatisfy(flat -> assertThat(Arrays.mismatch(flat, expected)).isEqualTo(-1));
  }

  /** The same by plain arrays. */
  private static float[] expected(int workers) {
    float[] begin = start();
    float[] momentum = new float[SIZE];
    for (int round = 0; round < ROUNDS; round++) {
      float[][] differences = new float[workers][];
      for (int rank = 0; rank < workers; rank++) {
        differences[rank] = begin.clone();
        drift(differences[rank], rank, round);
        for (int i = 0; i < SIZE; i++) {
          differences[rank][i] = begin[i] - differences[rank][i];
        }
      }
      for (int i = 0; i < SIZE; i++) {
        float gradient = sum(differences, i, 0, workers) / workers;
        momentum[i] = MOMENTUM * momentum[i] + gradient;
        begin[i] -= RATE * (gradient + MOMENTUM * momentum[i]);
      }
    }
    return begin;
  }

  private static float sum(float[][] values, int i, int from, int to) {
    int middle = (from + to) / 2;
    return to - from == 1
        ? values[from][i]
        : sum(values, i, from, middle) + sum(values, i, middle, to);
  }

  private static float[] start() {
    float[] values = new float[SIZE];
    drift(values, -1, 0);
    return values;
  }

  /** What local steps of a worker come to. */
  private static void drift(float[] values, int rank, int round) {
    var random = new SplittableRandom(SEED + 31L * rank + 1009L * round);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) random.nextDouble(-0.1, 0.1);
    }
  }
}
