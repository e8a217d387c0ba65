package io.gristmill.trainer.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @ParameterizedTest
  @CsvSource({"1,10", "2,1", "2,65536", "4,65537", "4,300001", "8,700000", "8,0"})
  void reduceScatterThenAllGatherIsTheTreeSumOnEveryWorker(int workers, int size) throws Exception {
    float[][] inputs = new float[workers][];
    for (int rank = 0; rank < workers; rank++) {
      inputs[rank] = floats(rank, size);
    }
    float[] expected = treeSum(inputs, 0, workers);

    List<float[]> results =
        Workers.run(
            workers,
            group -> {
              float[] values = inputs[group.rank()].clone();
              group.reduceScatter(FloatVector.of(values), 3);
              group.allGather(FloatVector.of(values), 3);
              return values;
            });

    assertThat(results)
        .as("seed %d", SEED)
        .allSatisfy(values -> assertThat(Arrays.mismatch(values, expected)).isEqualTo(-1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void everyWorkerSeesEveryMessageAndTheBroadcast(int workers) throws Exception {
    List<List<String>> results =
        Workers.run(
            workers,
            group -> {
              group.barrier(1);
              byte[] mine = "from %d".formatted(group.rank()).getBytes(StandardCharsets.UTF_8);
              List<byte[]> all = group.allGather(mine, 2);
              byte[] first = group.broadcast(mine, 3);
              return List.of(
                  String.join(",", all.stream().map(GroupTest::text).toList()), text(first));
            });

    String everyone =
        String.join(
            ",", java.util.stream.IntStream.range(0, workers).mapToObj(r -> "from " + r).toList());
    assertThat(results).allSatisfy(seen -> assertThat(seen).containsExactly(everyone, "from 0"));
  }

  @Test
  void aRangeTravelsFromOneWorkerToAnother() throws Exception {
    float[] source = floats(1, 1_000_000);
    List<Float> sums =
        Workers.run(
            2,
            group -> {
              var range = new VectorShards.Range(11, 999_990);
              if (group.rank() == 1) {
                group.send(0, FloatVector.of(source), range, 5);
                return 0f;
              }
              float[] target = new float[source.length];
              group.receive(1, FloatVector.of(target), range, 5);
              assertThat(target[10]).isZero();
              return target[11] + target[999_989];
            });
    assertThat(sums.getFirst()).isEqualTo(source[11] + source[999_989]);
  }

  @Test
  void aWorkerThatLeavesIsNamedWithTheStep() {
    assertThatThrownBy(
            () ->
                Workers.run(
                    2,
                    group -> {
                      if (group.rank() == 0) {
                        group.barrier(17);
                      }
                      return 0;
                    }))
        .isInstanceOf(CollectiveException.class)
        .hasMessageContaining("worker 1")
        .hasMessageContaining("barrier of step 17");
  }

  @Test
  void aSilentWorkerIsNamedAfterTheTimeout() {
    var patience =
        new Patience(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofMillis(300));
    assertThatThrownBy(
            () ->
                Workers.run(
                    2,
                    patience,
                    group -> {
                      if (group.rank() == 0) {
                        group.reduceScatter(FloatVector.of(new float[10]), 21);
                      } else {
                        Thread.sleep(2_000);
                      }
                      return 0;
                    }))
        .hasMessageContaining("no byte from or to worker 1")
        .hasMessageContaining("reduce-scatter of step 21");
  }

  @Test
  void workersAtDifferentPlacesNoticeIt() {
    assertThatThrownBy(
            () ->
                Workers.run(
                    2,
                    group -> {
                      group.barrier(group.rank());
                      return 0;
                    }))
        .hasMessageMatching(
            "worker 1 .* is at barrier of step 1 .*, this worker at barrier of step 0 .*");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static float[] floats(int rank, int size) {
    var random = new SplittableRandom(SEED + rank);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-3, 4)));
    }
    return values;
  }

  private static float[] treeSum(float[][] inputs, int from, int to) {
    if (to - from == 1) {
      return inputs[from];
    }
    float[] left = treeSum(inputs, from, (from + to) / 2);
    float[] right = treeSum(inputs, (from + to) / 2, to);
    float[] sum = new float[left.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = left[i] + right[i];
    }
    return sum;
  }
}
