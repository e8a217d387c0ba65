package io.gristmill.mixing.online;

/** Whole numbers of a given sum that are near to quotas: the method of largest remainders. */
public final class Apportionment {
  private Apportionment() {}

  /**
   * The whole parts of the quotas; what is missing goes one by one to whom it falls short most,
   * what is too much is taken from whom it exceeds most; of equal ones the first.
   *
   * @param quotas finite, whose sum is about {@code total}
   * @param most of each, summing to at least {@code total}
   * @return at least 0 and at most {@code most} each, summing to {@code total}
   */
  public static long[] of(double[] quotas, long total, long[] most) {
    long[] parts = new long[quotas.length];
    long missing = total;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Math.clamp((long) Math.floor(quotas[i]), 0, most[i]);
      missing -= parts[i];
    }
    for (; missing > 0; missing--) {
      int shortest = -1;
      for (int i = 0; i < parts.length; i++) {
        if (parts[i] < most[i]
            && (shortest < 0 || quotas[i] - parts[i] > quotas[shortest] - parts[shortest])) {
          shortest = i;
        }
      }
      parts[shortest]++;
    }
    for (; missing < 0; missing++) {
      int longest = -1;
      for (int i = 0; i < parts.length; i++) {
        if (parts[i] > 0
            && (longest < 0 || quotas[i] - parts[i] < quotas[longest] - parts[longest])) {
          longest = i;
        }
      }
      parts[longest]--;
    }
    return parts;
  }
}
