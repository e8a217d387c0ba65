package io.gristmill.trainer.kernel;

/**
 * Cosines and sines of rotary positions, as Hugging Face computes them: the frequency of pair i is
 * theta^(-2i/headSize) rounded to float, the angle is float(position) times it, rounded to float.
 *
 * @param cosine float[positions, headSize / 2]
 * @param sine same shape
 */
@SuppressWarnings("ArrayRecordComponent") // a view: copies of arrays this large are what it avoids
public record RotaryTables(float[] cosine, float[] sine, int headSize) {
  /**
   * Tables for positions below {@code positions}.
   *
   * @throws IllegalArgumentException if {@code headSize} is odd
   */
  public static RotaryTables of(int positions, int headSize, double theta) {
    if (headSize % 2 != 0) {
      throw new IllegalArgumentException(
          "head size is %d, must be even for rotary positions; 64 is usual".formatted(headSize));
    }
    int pairs = headSize / 2;
    float[] cosine = new float[Math.multiplyExact(positions, pairs)];
    float[] sine = new float[cosine.length];
    for (int pair = 0; pair < pairs; pair++) {
      float frequency = (float) (1 / StrictMath.pow(theta, 2.0 * pair / headSize));
      for (int position = 0; position < positions; position++) {
        float angle = position * frequency;
        cosine[position * pairs + pair] = (float) StrictMath.cos(angle);
        sine[position * pairs + pair] = (float) StrictMath.sin(angle);
      }
    }
    return new RotaryTables(cosine, sine, headSize);
  }
}
