package io.gristmill.mixing.mixture;

import io.gristmill.mixing.bigram.BigramEntropy;
import io.gristmill.mixing.blend.BlendOrder;
import io.gristmill.mixing.blend.BlendPhase;
import io.gristmill.mixing.blend.ProportionalOrder;
import io.gristmill.mixing.online.WeightLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The plan of a training run's data, {@code mixture.json}: with the shards that it names it fixes
 * every training sequence of the run and their order.
 *
 * @param seed of the order of the sequences
 * @param sequenceLength T, tokens that a sequence predicts
 * @param blockSequences sequences that are cut from one stretch of a shard group before the next
 * @param phases stretches of the run with a ratio of their own, one at least
 * @param askedTokens what the configuration asked for; 0 for as many as {@code maxEpochs} allows
 * @param maxEpochs how often a component may be repeated
 * @param tokenizerSha256 of the tokenizer of the shards
 * @param endOfText the id that ends every document
 * @param components in the order of the configuration
 * @param unused shard groups that no component takes
 * @param entropies what gave lines their weights; none where they were given or came from sizes
 * @param log how a run changed the weights as it went, in place of those of its one phase; empty
 *     for a plan
 */
public record Mixture(
    long seed,
    int sequenceLength,
    long blockSequences,
    List<Phase> phases,
    long askedTokens,
    double maxEpochs,
    String tokenizerSha256,
    int endOfText,
    List<Component> components,
    List<Group> unused,
    List<Entropy> entropies,
    WeightLog log) {
  /** The version of the format of a run in one phase. */
  public static final int VERSION = 1;

  /** The version of the format with several phases, which a reader of the first must refuse. */
  public static final int PHASES_VERSION = 2;

  /** The version of the format with a log of weights, which earlier readers must refuse. */
  public static final int LOG_VERSION = 3;

  /** A stretch of a shard group that is read before the next: 262,144 tokens. */
  static final long BLOCK_TOKENS = 1 << 18;

  public Mixture {
    phases = List.copyOf(phases);
    components = List.copyOf(components);
    unused = List.copyOf(unused);
    entropies = List.copyOf(entropies);
    for (Component component : components) {
      if (component.weights().size() != phases.size()
          || component.phaseSequences().size() != phases.size()) {
        throw new IllegalArgumentException(
            "component %s has %d weights and %d numbers of sequences in %d phases"
                .formatted(
                    component.label(),
                    component.weights().size(),
                    component.phaseSequences().size(),
                    phases.size()));
      }
    }
    if (!log.isEmpty()) {
      requireTurns(phases, components, log);
    }
  }

  /** A plan, whose weights do not change but with its phases. */
  public Mixture(
      long seed,
      int sequenceLength,
      long blockSequences,
      List<Phase> phases,
      long askedTokens,
      double maxEpochs,
      String tokenizerSha256,
      int endOfText,
      List<Component> components,
      List<Group> unused,
      List<Entropy> entropies) {
    this(
        seed,
        sequenceLength,
        blockSequences,
        phases,
        askedTokens,
        maxEpochs,
        tokenizerSha256,
        endOfText,
        components,
        unused,
        entropies,
        WeightLog.none());
  }

  /**
   * What a run made of this plan that changed the weights as it went, as far as its log goes. Fewer
   * tokens than were asked are then no shrinking.
   */
  public Mixture with(WeightLog log) {
    long[] turns = log.turns();
    return new Mixture(
        seed,
        sequenceLength,
        blockSequences,
        List.of(new Phase(1, log.sequences())),
        Math.min(askedTokens, log.sequences() * sequenceLength),
        maxEpochs,
        tokenizerSha256,
        endOfText,
        IntStream.range(0, turns.length).mapToObj(i -> components.get(i).with(turns[i])).toList(),
        unused,
        entropies,
        log);
  }

  private static void requireTurns(List<Phase> phases, List<Component> components, WeightLog log) {
    long[] turns = log.turns();
    if (turns.length != components.size()) {
      throw new IllegalArgumentException(
          "the weight log is of %d components, the mixture has %d"
              .formatted(turns.length, components.size()));
    }
    if (phases.size() != 1 || phases.getFirst().sequences() != log.sequences()) {
      throw new IllegalArgumentException(
          "the weight log has %d sequences, the mixture %d in %d phases, must be as many in one"
              .formatted(
                  log.sequences(),
                  phases.stream().mapToLong(Phase::sequences).sum(),
                  phases.size()));
    }
    for (int i = 0; i < turns.length; i++) {
      if (components.get(i).sequences() != turns[i]) {
        throw new IllegalArgumentException(
            "component %s has %d sequences, the weight log gives it %d"
                .formatted(components.get(i).label(), components.get(i).sequences(), turns[i]));
      }
    }
  }

  /**
   * A stretch of the run.
   *
   * @param share of the tokens, as configured
   * @param sequences that it has
   */
  public record Phase(double share, long sequences) {}

  /**
   * A part of the mixture with a weight of its own.
   *
   * @param domain as configured, perhaps a pattern
   * @param language as configured, perhaps a pattern
   * @param share of the whole run, as configured
   * @param maxEpochs how often it may be repeated
   * @param weights in each phase the whole number that stands for its share
   * @param phaseSequences that each phase takes from it
   * @param epochSequences that one epoch of it has
   * @param groups the shard groups that it takes
   */
  public record Component(
      String domain,
      String language,
      double share,
      double maxEpochs,
      List<Long> weights,
      List<Long> phaseSequences,
      long epochSequences,
      List<Group> groups) {
    public Component {
      weights = List.copyOf(weights);
      phaseSequences = List.copyOf(phaseSequences);
      groups = List.copyOf(groups);
    }

    private Component with(long otherSequences) {
      return new Component(
          domain,
          language,
          share,
          maxEpochs,
          weights,
          List.of(otherSequences),
          epochSequences,
          groups);
    }

    /** The most sequences that a run may take from it. */
    public long cap() {
      return (long) (maxEpochs * epochSequences);
    }

    /** Sequences that the run takes from it. */
    public long sequences() {
      return phaseSequences.stream().mapToLong(Long::longValue).sum();
    }

    /** How often the run goes through the component. */
    public double epochs() {
      return (double) sequences() / epochSequences;
    }

    /** Whether it takes part in some phase. */
    public boolean used() {
      return weights.stream().anyMatch(weight -> weight > 0);
    }

    /** The tokens that there are. */
    public long tokens() {
      return groups.stream().mapToLong(Group::tokens).sum();
    }

    /** {@code domain/language} as configured, for people. */
    public String label() {
      return domain + "/" + language;
    }

    /** The order of the groups in an epoch. */
    public ProportionalOrder groupOrder() {
      return new ProportionalOrder(groups.stream().mapToLong(Group::sequences).toArray());
    }
  }

  /**
   * A shard group.
   *
   * @param tokens that it has
   * @param sequences that one epoch cuts from it
   * @param sha256 of its files
   */
  public record Group(String domain, String language, long tokens, long sequences, String sha256) {
    /** {@code domain/language}, for people. */
    public String label() {
      return domain + "/" + language;
    }
  }

  /**
   * Where the weight of a line comes from.
   *
   * @param line {@code domain/language} as configured, after the lines that it is a part of
   * @param weight that it got, in the list that it stands in
   * @param measured of a sample of its training tokens
   */
  public record Entropy(String line, double weight, BigramEntropy measured) {}

  /**
   * What the run takes from a language.
   *
   * @param available tokens that there are
   * @param trained tokens that the run predicts
   * @param epochs how often the run goes through them
   */
  public record LanguageShare(String language, long available, long trained, double epochs) {}

  /** The order in which the components take their turns. */
  public BlendOrder order() {
    if (!log.isEmpty()) {
      return log.order();
    }
    return BlendOrder.of(
        IntStream.range(0, phases.size())
            .mapToObj(
                p ->
                    new BlendPhase(
                        phases.get(p).sequences(),
                        components.stream().map(component -> component.weights().get(p)).toList()))
            .toList());
  }

  /** Sequences of the whole run. */
  public long sequences() {
    return phases.stream().mapToLong(Phase::sequences).sum();
  }

  /** The phase, counted from 0, in which the run would end after so many sequences, at least 1. */
  public int phaseOf(long sequences) {
    long end = 0;
    for (int p = 0; p < phases.size() - 1; p++) {
      end += phases.get(p).sequences();
      if (sequences <= end) {
        return p;
      }
    }
    return phases.size() - 1;
  }

  /**
   * Refuses a plan whose counts are not those of its weights, as of a file that was edited.
   *
   * @throws IllegalArgumentException naming the component
   */
  void requireCounts() {
    if (!log.isEmpty()) {
      return; // the log says the counts, and was held against them
    }
    List<Long> lengths = phases.stream().map(Phase::sequences).toList();
    List<List<Long>> counts = phaseSequences(order(), lengths);
    for (int i = 0; i < components.size(); i++) {
      Component component = components.get(i);
      if (!component.phaseSequences().equals(counts.get(i))) {
        throw new IllegalArgumentException(
            "component %s has %s sequences, its weight %s gives it %s of %s"
                .formatted(
                    component.label(),
                    joined(component.phaseSequences()),
                    joined(component.weights()),
                    joined(counts.get(i)),
                    joined(lengths)));
      }
    }
  }

  private static String joined(List<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /**
   * The turns of each component in each phase: a list of phases per component.
   *
   * @param lengths sequences of the phases
   */
  static List<List<Long>> phaseSequences(BlendOrder order, List<Long> lengths) {
    List<List<Long>> sequences = new ArrayList<>();
    for (int i = 0; i < order.components(); i++) {
      List<Long> own = new ArrayList<>();
      long end = 0;
      for (long length : lengths) {
        own.add(order.count(i, end + length) - order.count(i, end));
        end += length;
      }
      sequences.add(own);
    }
    return sequences;
  }

  /** Tokens that the run predicts. */
  public long tokens() {
    return sequences() * sequenceLength;
  }

  /** Whether the run is shorter than was asked, because of the cap on epochs. */
  public boolean shrunk() {
    return tokens() < askedTokens;
  }

  /** The components that have hardly a sequence left below their cap. */
  public List<Component> limiting() {
    return components.stream()
        .filter(Component::used)
        .filter(c -> c.sequences() + slack() >= c.cap())
        .toList();
  }

  /** With phases it is the target that must not exceed the cap, which the turns may lag behind. */
  private int slack() {
    return phases.size() == 1 ? 0 : 1;
  }

  /** What the run takes from each language, sorted by language. */
  public List<LanguageShare> languages() {
    Map<String, long[]> sums = new TreeMap<>();
    for (Component component : components) {
      ProportionalOrder groupOrder = component.groupOrder();
      for (int g = 0; g < component.groups().size(); g++) {
        Group group = component.groups().get(g);
        long wholeEpochs = component.sequences() / component.epochSequences();
        long rest = component.sequences() % component.epochSequences();
        long[] sum = sums.computeIfAbsent(group.language(), language -> new long[3]);
        sum[0] += group.tokens();
        sum[1] += wholeEpochs * group.sequences() + groupOrder.count(g, rest);
        sum[2] += group.sequences();
      }
    }
    return sums.entrySet().stream()
        .map(
            e ->
                new LanguageShare(
                    e.getKey(),
                    e.getValue()[0],
                    e.getValue()[1] * sequenceLength,
                    e.getValue()[2] == 0 ? 0 : (double) e.getValue()[1] / e.getValue()[2]))
        .toList();
  }
}
