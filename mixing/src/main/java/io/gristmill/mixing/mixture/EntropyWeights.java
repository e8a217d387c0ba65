package io.gristmill.mixing.mixture;

import io.gristmill.mixing.bigram.BigramEntropy;
import io.gristmill.mixing.law.mixture.EntropyStart;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The weights of lines by the entropies of their bigrams. Of each line of a list as many tokens are
 * measured as the smallest has, so that what few tokens hide is hidden of all: the fewer they are,
 * the lower their entropy seems. The weights are millionths, as one would write them.
 */
final class EntropyWeights {
  private static final int MILLION = 1_000_000;

  private EntropyWeights() {}

  /**
   * The weights that were found.
   *
   * @param lines with them, as if they had been given
   * @param entropies that they come from
   */
  record Found(List<Weight> lines, List<Mixture.Entropy> entropies) {}

  /** Whether some list of lines gets its ratio from entropies. */
  static boolean wanted(List<Weight> lines, RatioBy by) {
    return by == RatioBy.ENTROPY
        || lines.stream().anyMatch(line -> wanted(line.parts(), line.by()));
  }

  /**
   * What has to be measured: each line of a list in its order, then the lists within them.
   *
   * @param taken the groups of each component
   * @param most tokens of a line
   */
  static List<EntropySample> samples(
      List<Weight> lines, RatioBy by, List<List<Mixture.Group>> taken, long most) {
    List<EntropySample> samples = new ArrayList<>();
    List<List<Mixture.Group>> groups = new ArrayList<>();
    List<EntropySample> inner = new ArrayList<>();
    int from = 0;
    for (Weight line : lines) {
      int to = from + Leaf.of(line).size();
      List<List<Mixture.Group>> own = taken.subList(from, to);
      groups.add(
          own.stream().flatMap(List::stream).filter(group -> group.sequences() > 0).toList());
      inner.addAll(samples(line.parts(), line.by(), own, most));
      from = to;
    }
    if (by == RatioBy.ENTROPY) {
      long tokens =
          Math.min(most, groups.stream().mapToLong(EntropyWeights::tokens).min().orElse(most));
      for (int i = 0; i < lines.size(); i++) {
        samples.add(new EntropySample(lines.get(i).label(), parts(groups.get(i), tokens)));
      }
    }
    samples.addAll(inner);
    return samples;
  }

  /** So many tokens of the groups, of each its share rounded, none more than it has. */
  private static List<EntropySample.Part> parts(List<Mixture.Group> groups, long tokens) {
    BigInteger all = BigInteger.valueOf(tokens(groups));
    List<EntropySample.Part> parts = new ArrayList<>();
    long until = 0;
    long taken = 0;
    for (Mixture.Group group : groups) {
      until += group.tokens();
      long end =
          BigInteger.valueOf(until)
              .multiply(BigInteger.valueOf(tokens))
              .divide(all)
              .longValueExact();
      if (end > taken) {
        parts.add(new EntropySample.Part(group.domain(), group.language(), end - taken));
      }
      taken = end;
    }
    return parts;
  }

  private static long tokens(List<Mixture.Group> groups) {
    return groups.stream().mapToLong(Mixture.Group::tokens).sum();
  }

  /**
   * Gives the lines their weights.
   *
   * @param measured in the order of {@link #samples}
   */
  static Found weighed(List<Weight> lines, RatioBy by, List<BigramEntropy> measured) {
    List<Mixture.Entropy> found = new ArrayList<>();
    return new Found(weighed("", lines, by, measured.iterator(), found), found);
  }

  private static List<Weight> weighed(
      String within,
      List<Weight> lines,
      RatioBy by,
      Iterator<BigramEntropy> measured,
      List<Mixture.Entropy> found) {
    List<Double> weights = lines.stream().map(Weight::weight).toList();
    if (by == RatioBy.ENTROPY) {
      List<BigramEntropy> entropies = lines.stream().map(line -> measured.next()).toList();
      weights = shares(entropies);
      for (int i = 0; i < lines.size(); i++) {
        found.add(
            new Mixture.Entropy(within + lines.get(i).label(), weights.get(i), entropies.get(i)));
      }
    }
    List<Weight> weighed = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Weight line = lines.get(i);
      List<Weight> parts =
          weighed(within + line.label() + ": ", line.parts(), line.by(), measured, found);
      weighed.add(
          new Weight(
              line.domain(),
              line.language(),
              weights.get(i),
              line.maxEpochs(),
              line.temperature(),
              RatioBy.WEIGHT,
              parts));
    }
    return weighed;
  }

  private static List<Double> shares(List<BigramEntropy> entropies) {
    List<BigInteger> shares =
        IntegerWeights.whole(
            EntropyStart.shares(entropies.stream().map(BigramEntropy::nats).toList()).stream()
                .map(BigDecimal::valueOf)
                .toList());
    return IntegerWeights.rounded(shares, MILLION).stream()
        .map(millionths -> (double) millionths / MILLION)
        .toList();
  }
}
