package io.gristmill.trainer.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  /** Above the 1 MiB of a buffer at one and two bytes, so that blocks are cut by its end. */
  private static final int LONG = 3_000_001;

  @ParameterizedTest
  @CsvSource({"2,BF16", "2,INT8", "4,BF16", "4,INT8", "8,INT8"})
  void theSumIsThatOfTheRoundedPartialSums(int workers, Compression compression) throws Exception {
    int size = workers == 2 ? LONG : 600_001;
    float[][] inputs = inputs(workers, size);
    float[][] errors = new float[workers][size];
    float[][] expected = simulated(inputs, errors, compression);

    List<float[]> results =
        Workers.run(
            workers,
            group -> {
              float[] values = inputs[group.rank()].clone();
              float[] kept = new float[size];
              reduce(group, compression, values, kept);
              assertThat(Arrays.mismatch(kept, errors[group.rank()])).isEqualTo(-1);
              return values;
            });

    var shards = new VectorShards(size, workers);
    for (int rank = 0; rank < workers; rank++) {
      VectorShards.Range own = shards.shard(rank);
      assertThat(
              Arrays.mismatch(
                  results.get(rank),
                  (int) own.from(),
                  (int) own.to(),
                  expected[rank],
                  (int) own.from(),
                  (int) own.to()))
          .as("rank %d seed %d", rank, SEED)
          .isEqualTo(-1);
    }
  }

  private static void reduce(Group group, Compression compression, float[] values, float[] errors)
      throws Exception {
    if (compression.feedsErrorsBack()) {
      group.reduceScatter(FloatVector.of(values), compression, FloatVector.of(errors), 1);
    } else {
      group.reduceScatter(FloatVector.of(values), compression, 1);
    }
  }

  /** The same by plain arrays: every round, what each gives is rounded in blocks and added. */
  private static float[][] simulated(float[][] inputs, float[][] errors, Compression compression) {
    int workers = inputs.length;
    var shards = new VectorShards(inputs[0].length, workers);
    float[][] sums = Arrays.stream(inputs).map(float[]::clone).toArray(float[][]::new);
    for (int round = 0; round < shards.rounds(); round++) {
      float[][] before = Arrays.stream(sums).map(float[]::clone).toArray(float[][]::new);
      for (int rank = 0; rank < workers; rank++) {
        int partner = rank ^ 1 << round;
        VectorShards.Range given = shards.held(partner, round + 1);
        for (long from = given.from(); from < given.to(); from += BlockCode.BLOCK) {
          int start = (int) from;
          int length = (int) Math.min(BlockCode.BLOCK, given.to() - from);
          float[] sent = Arrays.copyOfRange(before[rank], start, start + length);
          float[] arrived = there(BlockCode.of(compression), sent);
          for (int i = 0; i < length; i++) {
            sums[partner][start + i] += arrived[i];
            if (compression.feedsErrorsBack()) {
              errors[rank][start + i] = sent[i] - arrived[i];
            }
          }
        }
      }
    }
    return sums;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void shardsOfHalvesReachEveryWorkerExactly(int workers) throws Exception {
    float[] expected = floats(new SplittableRandom(SEED), 900_001);
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Compression.bfloat16(expected[i]);
    }
    var shards = new VectorShards(expected.length, workers);
    List<float[]> results =
        Workers.run(
            workers,
            group -> {
              float[] values = new float[expected.length];
              VectorShards.Range own = shards.shard(group.rank());
              int from = (int) own.from();
              System.arraycopy(expected, from, values, from, (int) own.length());
              group.allGatherBfloat16(FloatVector.of(values), 1);
              return values;
            });
    assertThat(results)
        .allSatisfy(values -> assertThat(Arrays.mismatch(values, expected)).isEqualTo(-1));
  }

  @Test
  void errorsThatAreFedBackDoNotAddUp() throws Exception {
    int steps = 200;
    int size = 2 * VectorShards.BLOCK;
    // Small beside the largest of their block, so that each is rounded to 0 when sent alone.
    float[] gradient = new float[size];
    Arrays.fill(gradient, 0.001f);
    for (int i = 0; i < size; i += BlockCode.BLOCK) {
      gradient[i] = 1;
    }
    List<double[]> sums =
        Workers.run(
            2,
            group -> {
              float[] errors = new float[size];
              double[] sum = new double[2]; // of one small element of the own shard
              int own = group.rank() == 0 ? 5 : VectorShards.BLOCK + 5;
              for (int step = 0; step < steps; step++) {
                float[] fed = gradient.clone();
                group.reduceScatter(
                    FloatVector.of(fed), Compression.INT8, FloatVector.of(errors), step);
                sum[0] += fed[own];
                float[] alone = gradient.clone();
                group.reduceScatter(FloatVector.of(alone), Compression.INT8, step);
                sum[1] += alone[own];
              }
              return sum;
            });
    for (double[] sum : sums) {
      assertThat(sum[0]).isCloseTo(2 * steps * 0.001, within(1.0 / 127));
      assertThat(sum[1]).as("without feedback").isCloseTo(steps * 0.001, within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1023, 1024})
  void bytesAreOffByHalfAScale(int length) {
    float[] values = floats(new SplittableRandom(SEED + length), length);
    float[] arrived = there(new Int8Code(), values);
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < length; i++) {
      assertThat(arrived[i]).isCloseTo(values[i], within(largest / 127 * 0.50001f));
    }
  }

  @Test
  void halvesAreRoundedToEvenAndOffByTheirLastBit() {
    int[] bits = {
      0x3F80_8000, 0x3F81_8000, 0x3F80_8001, 0x8000_0000, 0x0001_8000, 0x7F7F_FFFF, 0xFF80_0000
    };
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    float[] rounded = there(new Bfloat16Code(), values);
    int[] upper = {0x3F80, 0x3F82, 0x3F81, 0x8000, 0x0002, 0x7F80, 0xFF80};
    for (int i = 0; i < bits.length; i++) {
      assertThat(Float.floatToRawIntBits(rounded[i]) >>> 16)
          .as("%08x", bits[i])
          .isEqualTo(upper[i]);
    }
    float[] random = floats(new SplittableRandom(SEED), 1024);
    float[] arrived = there(new Bfloat16Code(), random);
    for (int i = 0; i < random.length; i++) {
      assertThat(arrived[i]).isCloseTo(random[i], within(Math.abs(random[i]) / 256));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"BF16", "INT8"})
  void whatIsNotFiniteIsNoticedWhereItArrives(Compression compression) {
    BlockCode code = BlockCode.of(compression);
    for (float broken :
        new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.intBitsToFloat(0x7F80_0001)}) {
      float[] values = {1, broken, 2};
      assertThat(Float.isFinite(there(code, values)[1])).as("%s", broken).isFalse();
    }
    assertThat(there(code, new float[] {0, 0})).containsExactly(0, 0);
    assertThat(Math.abs(there(code, new float[] {Float.MIN_VALUE})[0])).isLessThan(1e-38f);
  }

  @Test
  void fourBytesBecomeTwoOrOne() {
    assertThat(new Bfloat16Code().rangeBytes(1_000_000)).isEqualTo(2_000_000);
    assertThat(new Int8Code().rangeBytes(1_024_000)).isEqualTo(1_028_000);
    assertThat(new Int8Code().rangeBytes(1)).isEqualTo(5);
    assertThat(new Int8Code().rangeBytes(0)).isZero();
  }

  private static float[] there(BlockCode code, float[] values) {
    var bytes = ByteBuffer.allocate(code.bytes(BlockCode.BLOCK)).order(ByteOrder.LITTLE_ENDIAN);
    code.encode(values, values.length, bytes);
    bytes.flip();
    assertThat(bytes.remaining()).isEqualTo(code.bytes(values.length));
    float[] arrived = new float[values.length];
    code.decode(bytes, arrived, values.length);
    return arrived;
  }

  private static float[][] inputs(int workers, int size) {
    float[][] inputs = new float[workers][];
    for (int rank = 0; rank < workers; rank++) {
      inputs[rank] = floats(new SplittableRandom(SEED + rank), size);
    }
    return inputs;
  }

  private static float[] floats(SplittableRandom random, int size) {
    float[] floats = new float[size];
    for (int i = 0; i < size; i++) {
      floats[i] = (float) random.nextDouble(-1, 1);
    }
    return floats;
  }
}
