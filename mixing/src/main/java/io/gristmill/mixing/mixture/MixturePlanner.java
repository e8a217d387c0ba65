package io.gristmill.mixing.mixture;

import io.gristmill.mixing.bigram.BigramEntropy;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Split;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes the plan of a run from its configuration and the shards that there are. */
public final class MixturePlanner {
  private MixturePlanner() {}

  /**
   * The samples whose entropies give weights: each line of such a list in its order, then the lists
   * within them. None where weights are given or come from the sizes.
   *
   * @throws IllegalArgumentException if a component takes no shards or too few tokens for one
   *     sequence
   */
  public static List<EntropySample> samples(MixtureConfig config, ShardIndex index) {
    return EntropyWeights.samples(
        config.weights(),
        config.by(),
        taken(config, Leaf.of(config.weights()), index),
        config.entropyTokens());
  }

  /**
   * The plan of a mixture some of whose weights come from entropies.
   *
   * @param measured the entropy of each of the {@link #samples}
   * @throws IllegalArgumentException as {@link #plan(MixtureConfig, ShardIndex)}
   */
  public static Mixture plan(MixtureConfig config, ShardIndex index, List<BigramEntropy> measured) {
    EntropyWeights.Found found = EntropyWeights.weighed(config.weights(), config.by(), measured);
    return planned(config.withWeights(found.lines()), index, found.entropies());
  }

  /**
   * The plan: N sequences in all, at least the tokens asked for, and no component beyond its
   * epochs.
   *
   * @throws IllegalArgumentException if a component takes no shards or too few tokens for one
   *     sequence, or if the cap on epochs binds and the configuration says to stop; the message
   *     says what is there or what would fit
   */
  public static Mixture plan(MixtureConfig config, ShardIndex index) {
    if (config.wantsEntropies()) {
      throw new IllegalArgumentException(
          "mixture.by is entropy, for which the samples must have been measured; gristmill mix does");
    }
    return planned(config, index, List.of());
  }

  private static Mixture planned(
      MixtureConfig config, ShardIndex index, List<Mixture.Entropy> entropies) {
    List<Leaf> leaves = Leaf.of(config.weights());
    List<List<Mixture.Group>> taken = taken(config, leaves, index);
    List<PhaseConfig> phases =
        config.phases().isEmpty() ? List.of(new PhaseConfig(1, List.of())) : config.phases();
    List<List<Ratio>> ratios = ratios(config, phases, taken.subList(0, leaves.size()));
    Schedule schedule = schedule(phases, ratios);
    long[] caps = new long[leaves.size()];
    for (int i = 0; i < caps.length; i++) {
      caps[i] = (long) (leaves.get(i).maxEpochs(config.maxEpochs()) * epochSequences(taken.get(i)));
    }
    long most = schedule.most(caps);
    long asked = Math.ceilDiv(config.totalTokens(), (long) config.sequenceLength());
    if (most == 0 || (asked > most && config.whenCapped() == WhenCapped.STOP)) {
      throw tooFew(config, leaves, taken, schedule.turns(Math.max(1, asked)), most);
    }
    long sequences = config.totalTokens() == 0 ? most : Math.min(asked, most);
    List<List<Long>> turns = schedule.turns(sequences);
    List<Mixture.Component> components = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      int component = i;
      components.add(
          new Mixture.Component(
              leaves.get(i).domain(),
              leaves.get(i).language(),
              share(schedule.shares(), ratios, i),
              leaves.get(i).maxEpochs(config.maxEpochs()),
              schedule.weights().stream().map(weights -> weights.get(component)).toList(),
              turns.get(i),
              epochSequences(taken.get(i)),
              taken.get(i)));
    }
    List<Long> lengths = schedule.lengths(sequences);
    return new Mixture(
        config.seed(),
        config.sequenceLength(),
        Math.max(1, Mixture.BLOCK_TOKENS / config.sequenceLength()),
        IntStream.range(0, phases.size())
            .mapToObj(p -> new Mixture.Phase(phases.get(p).share(), lengths.get(p)))
            .toList(),
        config.totalTokens(),
        config.maxEpochs(),
        index.tokenizerSha256(),
        index.endOfText(),
        components,
        taken.get(leaves.size()),
        entropies);
  }

  /** The ratio of the components in each phase. */
  private static List<List<Ratio>> ratios(
      MixtureConfig config, List<PhaseConfig> phases, List<List<Mixture.Group>> taken) {
    long[] tokens =
        taken.stream()
            .mapToLong(groups -> groups.stream().mapToLong(Mixture.Group::tokens).sum())
            .toArray();
    return phases.stream()
        .map(phase -> Ratio.of(config.weights(), phase.weights(), config.temperature(), tokens))
        .toList();
  }

  private static Schedule schedule(List<PhaseConfig> phases, List<List<Ratio>> ratios) {
    return new Schedule(
        phases.stream().map(phase -> BigDecimal.valueOf(phase.share())).toList(),
        IntegerWeights.of(
            ratios.stream().map(ratio -> ratio.stream().map(Ratio::weight).toList()).toList()));
  }

  /** Of the tokens of the whole run, as configured. */
  private static double share(List<BigDecimal> phases, List<List<Ratio>> ratios, int component) {
    BigDecimal share = BigDecimal.ZERO;
    for (int p = 0; p < ratios.size(); p++) {
      share = share.add(phases.get(p).multiply(ratios.get(p).get(component).share()));
    }
    return share.doubleValue();
  }

  /** The groups of each component; last, those that none takes. */
  private static List<List<Mixture.Group>> taken(
      MixtureConfig config, List<Leaf> leaves, ShardIndex index) {
    List<List<Mixture.Group>> taken = new ArrayList<>();
    for (int i = 0; i <= leaves.size(); i++) {
      taken.add(new ArrayList<>());
    }
    for (ShardGroup group : index.groups(Split.TRAIN)) {
      int component = 0;
      while (component < leaves.size()
          && !leaves.get(component).takes(group.mixtureDomain(), group.language())) {
        component++;
      }
      taken.get(component).add(group(group, config.sequenceLength()));
    }
    for (int i = 0; i < leaves.size(); i++) {
      requireSequences(leaves.get(i), taken.get(i), config.sequenceLength(), index);
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
      Leaf leaf, List<Mixture.Group> groups, int sequenceLength, ShardIndex index) {
    if (groups.isEmpty()) {
      boolean elsewhere =
          index.groups(Split.TRAIN).stream()
              .anyMatch(group -> leaf.takes(group.mixtureDomain(), group.language()));
      throw new IllegalArgumentException(
          "mixture.weights: %s takes no training shards%s; there are: %s"
              .formatted(
                  leaf.label(),
                  elsewhere ? " that an earlier component does not take" : "",
                  index.labels(Split.TRAIN)));
    }
    if (epochSequences(groups) == 0) {
      throw new IllegalArgumentException(
          "mixture.weights: %s has %,d training tokens in %s, a sequence needs %,d of one group; shorten mixture.sequence-length to %,d or add documents"
              .formatted(
                  leaf.label(),
                  groups.stream().mapToLong(Mixture.Group::tokens).sum(),
                  groups.stream().map(Mixture.Group::label).collect(Collectors.joining(", ")),
                  sequenceLength + 1,
                  groups.stream().mapToLong(Mixture.Group::tokens).max().orElseThrow() - 1));
    }
  }

  private static long epochSequences(List<Mixture.Group> groups) {
    return groups.stream().mapToLong(Mixture.Group::sequences).sum();
  }

  private static IllegalArgumentException tooFew(
      MixtureConfig config,
      List<Leaf> leaves,
      List<List<Mixture.Group>> taken,
      List<List<Long>> phaseTurns,
      long most) {
    long[] turns =
        phaseTurns.stream()
            .mapToLong(phases -> phases.stream().mapToLong(Long::longValue).sum())
            .toArray();
    int scarcest = 0;
    double excess = 0;
    for (int i = 0; i < turns.length; i++) {
      double cap = leaves.get(i).maxEpochs(config.maxEpochs()) * epochSequences(taken.get(i));
      if (turns[i] / cap > excess) {
        scarcest = i;
        excess = turns[i] / cap;
      }
    }
    double cap = leaves.get(scarcest).maxEpochs(config.maxEpochs());
    double epochs = (double) turns[scarcest] / epochSequences(taken.get(scarcest));
    long there = taken.get(scarcest).stream().mapToLong(Mixture.Group::tokens).sum();
    long wanted = (long) Math.ceil(turns[scarcest] / cap) * config.sequenceLength();
    return new IllegalArgumentException(
        "mixture.total-tokens is %,d: %s has %,d tokens and would be repeated %.2f times, %s is %s; ask for at most %,d tokens, raise max-epochs to %.2f, add %,d tokens of it, or set mixture.when-capped to shrink"
            .formatted(
                config.totalTokens(),
                leaves.get(scarcest).label(),
                there,
                epochs,
                cap == config.maxEpochs() ? "mixture.max-epochs" : "its max-epochs",
                cap,
                most * config.sequenceLength(),
                Math.ceil(100 * epochs) / 100,
                Math.max(1, wanted - there)));
  }
}
