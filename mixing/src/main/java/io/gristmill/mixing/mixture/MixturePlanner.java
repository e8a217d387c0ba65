package io.gristmill.mixing.mixture;

import io.gristmill.mixing.blend.BlendOrder;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the plan of a run from its configuration and the shards that there are. */
public final class MixturePlanner {
  private MixturePlanner() {}

  /**
   * The plan: N sequences in all, at least the tokens asked for, and no component beyond its
   * epochs.
   *
   * @throws IllegalArgumentException if a component takes no shards or too few tokens for one
   *     sequence, or if the cap on epochs binds and the configuration says to stop; the message
   *     says what is there or what would fit
   */
  public static Mixture plan(MixtureConfig config, ShardIndex index) {
    List<List<Mixture.Group>> taken = taken(config, index);
    long[] weights = IntegerWeights.of(config.weights().stream().map(Weight::weight).toList());
    BlendOrder order = BlendOrder.of(weights);
    long[] caps = new long[weights.length];
    for (int i = 0; i < weights.length; i++) {
      caps[i] = (long) (config.maxEpochs() * epochSequences(taken.get(i)));
    }
    long most = mostSequences(order, caps);
    long asked = Math.ceilDiv(config.totalTokens(), (long) config.sequenceLength());
    if (most == 0 || (asked > most && config.whenCapped() == WhenCapped.STOP)) {
      throw tooFew(config, order, taken, asked, most);
    }
    long sequences = config.totalTokens() == 0 ? most : Math.min(asked, most);
    List<Mixture.Component> components = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      Weight weight = config.weights().get(i);
      components.add(
          new Mixture.Component(
              weight.domain(),
              weight.language(),
              weight.weight(),
              weights[i],
              order.count(i, sequences),
              epochSequences(taken.get(i)),
              taken.get(i)));
    }
    return new Mixture(
        config.seed(),
        config.sequenceLength(),
        Math.max(1, Mixture.BLOCK_TOKENS / config.sequenceLength()),
        sequences,
        config.totalTokens(),
        config.maxEpochs(),
        index.tokenizerSha256(),
        index.endOfText(),
        components,
        taken.get(weights.length));
  }

  /** The groups of each component; last, those that none takes. */
  private static List<List<Mixture.Group>> taken(MixtureConfig config, ShardIndex index) {
    List<Weight> weights = config.weights();
    List<List<Mixture.Group>> taken = new ArrayList<>();
    for (int i = 0; i <= weights.size(); i++) {
      taken.add(new ArrayList<>());
    }
    for (ShardGroup group : index.groups(Split.TRAIN)) {
      int component = 0;
      while (component < weights.size()
          && !weights.get(component).takes(group.mixtureDomain(), group.language())) {
        component++;
      }
      taken.get(component).add(group(group, config.sequenceLength()));
    }
    for (int i = 0; i < weights.size(); i++) {
      requireSequences(weights.get(i), taken.get(i), config.sequenceLength(), index);
    }
    return taken;
  }

  private static Mixture.Group group(ShardGroup group, int sequenceLength) {
    // A sequence reads one token more than it predicts.
    long sequences = group.tokens() > sequenceLength ? group.tokens() / sequenceLength : 0;
    return new Mixture.Group(
        group.domain(), group.language(), group.tokens(), sequences, group.sha256());
  }

  private static void requireSequences(
      Weight weight, List<Mixture.Group> groups, int sequenceLength, ShardIndex index) {
    if (groups.isEmpty()) {
      boolean elsewhere =
          index.groups(Split.TRAIN).stream()
              .anyMatch(group -> weight.takes(group.mixtureDomain(), group.language()));
      throw new IllegalArgumentException(
          "mixture.weights: %s takes no training shards%s; there are: %s"
              .formatted(
                  weight.label(),
                  elsewhere ? " that an earlier component does not take" : "",
                  index.labels(Split.TRAIN)));
    }
    if (epochSequences(groups) == 0) {
      throw new IllegalArgumentException(
          "mixture.weights: %s has %,d training tokens in %s, a sequence needs %,d of one group; shorten mixture.sequence-length or add documents"
              .formatted(
                  weight.label(),
                  groups.stream().mapToLong(Mixture.Group::tokens).sum(),
                  groups.stream().map(Mixture.Group::label).collect(Collectors.joining(", ")),
                  sequenceLength + 1));
    }
  }

  private static long epochSequences(List<Mixture.Group> groups) {
    return groups.stream().mapToLong(Mixture.Group::sequences).sum();
  }

  /** The longest run in which no component exceeds its cap. */
  private static long mostSequences(BlendOrder order, long[] caps) {
    long low = 0;
    long high = 1;
    while (fits(order, high, caps)) {
      low = high;
      high = Math.multiplyExact(2, high);
    }
    while (low + 1 < high) {
      long middle = (low + high) >>> 1;
      if (fits(order, middle, caps)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean fits(BlendOrder order, long sequences, long[] caps) {
    for (int i = 0; i < caps.length; i++) {
      if (order.count(i, sequences) > caps[i]) {
        return false;
      }
    }
    return true;
  }

  private static IllegalArgumentException tooFew(
      MixtureConfig config,
      BlendOrder order,
      List<List<Mixture.Group>> taken,
      long asked,
      long most) {
    int scarcest = 0;
    double epochs = 0;
    for (int i = 0; i < order.components(); i++) {
      double needed = (double) order.count(i, Math.max(1, asked)) / epochSequences(taken.get(i));
      if (needed > epochs) {
        scarcest = i;
        epochs = needed;
      }
    }
    return new IllegalArgumentException(
        "mixture.total-tokens is %,d: %s has %,d tokens and would be repeated %.2f times, mixture.max-epochs is %s; ask for at most %,d tokens, raise max-epochs, or set mixture.when-capped to shrink"
            .formatted(
                config.totalTokens(),
                config.weights().get(scarcest).label(),
                taken.get(scarcest).stream().mapToLong(Mixture.Group::tokens).sum(),
                epochs,
                config.maxEpochs(),
                most * config.sequenceLength()));
  }
}
