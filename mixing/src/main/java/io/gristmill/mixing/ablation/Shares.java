package io.gristmill.mixing.ablation;

import io.gristmill.mixing.law.fit.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The shares of a mixture in whole thousandths, which people can read and a blend can keep. */
public final class Shares {
  private static final int PARTS = 1000;

  private Shares() {}

  /**
   * Thousandths by largest remainder, together exactly 1000; at least one where the share is above
   * 0, taken from the largest.
   *
   * @param shares together 1; of at most 1000 lines
   */
  public static List<Double> rounded(double[] shares) {
    int[] parts = new int[shares.length];
    int missing = PARTS;
    for (int j = 0; j < shares.length; j++) {
      parts[j] = (int) Math.floor(shares[j] * PARTS);
      missing -= parts[j];
    }
    List<Integer> byRemainder =
        IntStream.range(0, shares.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer j) -> parts[j] - shares[j] * PARTS))
            .toList();
    for (int j : byRemainder.subList(0, missing)) {
      parts[j]++;
    }
    for (int j = 0; j < shares.length; j++) {
      if (parts[j] == 0 && shares[j] > 0) {
        parts[j] = 1;
        parts[largest(parts)]--;
      }
    }
    var rounded = new ArrayList<Double>();
    for (int own : parts) {
      rounded.add((double) own / PARTS);
    }
    return List.copyOf(rounded);
  }

  private static int largest(int[] parts) {
    return IntStream.range(0, parts.length)
        .reduce((a, b) -> parts[b] > parts[a] ? b : a)
        .orElseThrow();
  }

  /** For people: {@code 0.25/0.75}. */
  public static String words(List<Double> shares) {
    return shares.stream().map(String::valueOf).collect(Collectors.joining("/"));
  }

  /** The least and the largest share of each line. */
  static List<Range> ranges(List<List<Double>> mixtures) {
    return IntStream.range(0, mixtures.getFirst().size())
        .mapToObj(
            j -> {
              var seen = mixtures.stream().mapToDouble(own -> own.get(j)).summaryStatistics();
              return new Range(seen.getMin(), seen.getMax());
            })
        .toList();
  }

  static boolean within(List<Double> shares, List<Range> ranges) {
    return IntStream.range(0, ranges.size()).allMatch(j -> ranges.get(j).contains(shares.get(j)));
  }
}
