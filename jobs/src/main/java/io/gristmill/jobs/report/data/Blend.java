package io.gristmill.jobs.report.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.gristmill.mixing.bigram.BigramEntropy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The mixture that the training took, of {@code mixture.json}.
 *
 * @param sequenceLength tokens that a training sequence predicts
 * @param askedTokens what the configuration asked for, 0 for all that the epochs allow
 * @param tokens of the whole run
 * @param maxEpochs the cap, NaN where it is not said
 * @param phases stretches of the run with ratios of their own; none where there is one ratio
 * @param entropies what gave lines their weights; none where nothing was measured
 * @param unused shard groups that no component took, as {@code domain/language}
 */
public record Blend(
    long sequenceLength,
    long askedTokens,
    long tokens,
    double maxEpochs,
    List<Phase> phases,
    List<Component> components,
    List<Entropy> entropies,
    List<String> unused) {
  public Blend {
    phases = List.copyOf(phases);
    components = List.copyOf(components);
    entropies = List.copyOf(entropies);
    unused = List.copyOf(unused);
  }

  /**
   * A stretch of the run.
   *
   * @param share of the tokens that was asked, NaN where it is not said
   * @param sequences that it has
   */
  public record Phase(double share, long sequences) {}

  /**
   * A part with a share of its own.
   *
   * @param domain as configured, perhaps a pattern
   * @param language as configured, perhaps a pattern
   * @param asked share of the tokens, NaN where it is not said
   * @param maxEpochs its cap, NaN where it is not said
   * @param sequences that the run takes from it
   * @param phaseSequences of those, in each phase; none where there is one ratio
   * @param availableTokens that its shards have
   * @param epochs how often the run goes through it, NaN where it is not said
   */
  public record Component(
      String domain,
      String language,
      double asked,
      double maxEpochs,
      long sequences,
      List<Long> phaseSequences,
      long availableTokens,
      double epochs) {
    public Component {
      phaseSequences = List.copyOf(phaseSequences);
    }

    /** The share of a phase that it has got, NaN where it is not said. */
    public double obtained(int phase, Phase of) {
      return phase < phaseSequences.size() && of.sequences() > 0
          ? (double) phaseSequences.get(phase) / of.sequences()
          : Double.NaN;
    }
  }

  /**
   * Where the weight of a line comes from.
   *
   * @param line as configured
   * @param weight in its list
   * @param nats its entropy per token
   * @param bias nats that it is too low by at least
   * @param tokens that were measured
   */
  public record Entropy(String line, double weight, double nats, double bias, long tokens) {}

  /** No mixture. */
  public static Blend none() {
    return new Blend(0, 0, 0, Double.NaN, List.of(), List.of(), List.of(), List.of());
  }

  public boolean isEmpty() {
    return components.isEmpty();
  }

  /** The share of the sequences that a component has got. */
  public double obtained(Component component) {
    long all = components.stream().mapToLong(Component::sequences).sum();
    return all == 0 ? Double.NaN : (double) component.sequences() / all;
  }

  /** Reads {@code mixture.json}. */
  static Blend read(Path mixture, Configuration hadoop, List<String> notes) throws IOException {
    JsonNode root = JsonFile.read(mixture, hadoop, notes);
    var phases = new ArrayList<Phase>();
    for (JsonNode node : root.path("phases")) {
      phases.add(new Phase(JsonFile.measure(node, "share"), JsonFile.count(node, "sequences")));
    }
    double maxEpochs = JsonFile.measure(root, "max_epochs");
    var components = new ArrayList<Component>();
    for (JsonNode node : root.path("components")) {
      long available = 0;
      for (JsonNode group : node.path("groups")) {
        available += JsonFile.count(group, "tokens");
      }
      var phaseSequences = new ArrayList<Long>();
      node.path("phase_sequences").forEach(sequences -> phaseSequences.add(sequences.asLong(0)));
      components.add(
          new Component(
              JsonFile.word(node, "domain"),
              JsonFile.word(node, "language"),
              JsonFile.measure(node, "share"),
              node.path("max_epochs").asDouble(maxEpochs),
              JsonFile.count(node, "sequences"),
              phaseSequences,
              available,
              JsonFile.measure(node, "epochs")));
    }
    var entropies = new ArrayList<Entropy>();
    for (JsonNode node : root.path("entropies")) {
      entropies.add(entropy(node));
    }
    var unused = new ArrayList<String>();
    for (JsonNode group : root.path("unused")) {
      unused.add(JsonFile.word(group, "domain") + "/" + JsonFile.word(group, "language"));
    }
    return new Blend(
        JsonFile.count(root, "sequence_length"),
        JsonFile.count(root, "asked_tokens"),
        JsonFile.count(root, "tokens"),
        maxEpochs,
        phases,
        components,
        entropies,
        unused);
  }

  private static Entropy entropy(JsonNode node) {
    var measured =
        new BigramEntropy(
            JsonFile.count(node, "tokens"),
            JsonFile.count(node, "pairs"),
            JsonFile.count(node, "previous"),
            JsonFile.measure(node, "nats"));
    return new Entropy(
        JsonFile.word(node, "line"),
        JsonFile.measure(node, "weight"),
        measured.nats(),
        measured.bias(),
        measured.tokens());
  }
}
