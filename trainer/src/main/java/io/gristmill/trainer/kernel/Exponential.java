package io.gristmill.trainer.kernel;

/**
 * exp in float: 2^n times a polynomial of degree 6 on [-ln2/2, ln2/2], fused multiply-adds only, so
 * that scalar and vector code give the same bits. Relative error at most 7.6e-8; exp(0) is 1; below
 * {@link #LOWEST} the result is 0, above {@link #HIGHEST} it is exp(HIGHEST); NaN stays NaN.
 */
final class Exponential {
  static final float LOWEST = -87.33654f;
  static final float HIGHEST = 88.3f;
  static final float LOG2_E = 1.442695f;

  /** Adding 1.5 * 2^23 rounds to an integer, which then stands in the low bits. */
  static final float ROUNDER = 12_582_912f;

  /** ln 2 in two parts; the first has few enough bits that its multiples are exact. */
  static final float LN2_HIGH = 0x1.63p-1f;

  static final float LN2_LOW = -0x1.bd0106p-13f;

  /**
   * exp(r) = 1 + r + r^2 (C2 + C3 r + C4 r^2 + C5 r^3 + C6 r^4): a minimax fit in relative error.
   */
  static final float C2 = 0x1.fffffcp-2f;

  static final float C3 = 0x1.555492p-3f;
  static final float C4 = 0x1.5558f2p-5f;
  static final float C5 = 0x1.123a2p-7f;
  static final float C6 = 0x1.6a23dp-10f;

  private Exponential() {}

  static float exp(float x) {
    if (x < LOWEST) {
      return 0;
    }
    float clamped = x > HIGHEST ? HIGHEST : x;
    float shifted = Math.fma(clamped, LOG2_E, ROUNDER);
    float n = shifted - ROUNDER;
    float r = Math.fma(n, -LN2_HIGH, clamped);
    r = Math.fma(n, -LN2_LOW, r);
    float p = Math.fma(C6, r, C5);
    p = Math.fma(p, r, C4);
    p = Math.fma(p, r, C3);
    p = Math.fma(p, r, C2);
    p = Math.fma(p, r, 1f);
    p = Math.fma(p, r, 1f);
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(shifted) << 23));
  }
}
