package io.gristmill.trainer.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bfloat16Test {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @ParameterizedTest
  @CsvSource({
    "3F800000, 3F80", // 1
    "3F808000, 3F80", // half way from an even one: down
    "3F818000, 3F82", // half way from an odd one: up
    "3F808001, 3F81",
    "BF817FFF, BF81",
    "00000000, 0000",
    "80000000, 8000",
    "00018000, 0002", // below the smallest normal number
    "7F7FFFFF, 7F80", // the largest of all rounds to infinity
    "7F800000, 7F80",
    "FF800000, FF80",
    "7F800001, 7FC0", // no number
    "7FFFFFFF, 7FC0",
    "FFFFFFFF, 7FC0",
  })
  void roundsToTheNearest(String bits, String expected) {
    float value = Float.intBitsToFloat(Integer.parseUnsignedInt(bits, 16));
    short[] rounded = new short[33]; // whole vectors and the rest behind them
    float[] values = new float[33];
    Arrays.fill(values, value);
    Bfloat16.round(Matrix.of(values, 1, 33), rounded);
    for (short each : rounded) {
      assertThat("%04X".formatted(each)).isEqualTo(expected);
    }
  }

  @Test
  void noOtherNumberIsNearer() {
    var random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 10_000; trial++) {
      float value = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(-60, 60)));
      short rounded = Bfloat16.of(value);
      BigDecimal error = error(value, rounded);
      assertThat(error)
          .as("%s seed %d", value, SEED)
          .isLessThanOrEqualTo(error(value, next(rounded, 1)));
      assertThat(error)
          .as("%s seed %d", value, SEED)
          .isLessThanOrEqualTo(error(value, next(rounded, -1)));
    }
  }

  private static short next(short value, int step) {
    return (short) (value + step);
  }

  private static BigDecimal error(float value, short rounded) {
    return new BigDecimal(value).subtract(new BigDecimal(Bfloat16.toFloat(rounded))).abs();
  }

  @Test
  void rowsOfAWiderMatrixStandWithoutGaps() {
    float[] data = {9, 1, 2, 9, 3, 4, 9};
    short[] rounded = new short[4];
    Bfloat16.round(new Matrix(data, 1, 2, 2, 3), rounded);
    assertThat(rounded)
        .containsExactly(Bfloat16.of(1), Bfloat16.of(2), Bfloat16.of(3), Bfloat16.of(4));
  }
}
