package io.gristmill.mixing.mixture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.mixing.bigram.BigramEntropy;
import io.gristmill.mixing.online.Stretch;
import io.gristmill.mixing.online.WeightLog;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The text form of {@code mixture.json}: the same plan gives the same bytes. */
public final class MixtureJson {
  /** The usual name of the file. */
  public static final String NAME = "mixture.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private MixtureJson() {}

  /** Writes a plan to a file. */
  public static void write(Mixture mixture, Path file, Configuration configuration)
      throws IOException {
    try (OutputStream out = file.getFileSystem(configuration).create(file, true)) {
      out.write(text(mixture).getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Reads a plan.
   *
   * @throws FileNotFoundException if there is no such file
   * @throws IllegalArgumentException if it is damaged, naming the entry
   */
  public static Mixture read(Path file, Configuration configuration) throws IOException {
    FileSystem fileSystem = file.getFileSystem(configuration);
    if (!fileSystem.exists(file)) {
      throw new FileNotFoundException("%s is missing: mix first".formatted(file));
    }
    try (InputStream in = fileSystem.open(file)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), file.toString());
    }
  }

  /**
   * The plan as JSON; epochs, tokens, the sequences of each phase and the deviation at each change
   * of the weights are written for people.
   */
  public static String text(Mixture mixture) {
    ObjectNode root = JSON.createObjectNode();
    boolean onePhase = mixture.phases().size() == 1;
    root.put("version", version(mixture));
    root.put("seed", mixture.seed());
    root.put("sequence_length", mixture.sequenceLength());
    root.put("block_sequences", mixture.blockSequences());
    root.put("sequences", mixture.sequences());
    root.put("tokens", mixture.tokens());
    root.put("asked_tokens", mixture.askedTokens());
    root.put("max_epochs", mixture.maxEpochs());
    root.put("tokenizer_sha256", mixture.tokenizerSha256());
    root.put("end_of_text", mixture.endOfText());
    if (!onePhase) {
      ArrayNode phases = root.putArray("phases");
      for (Mixture.Phase phase : mixture.phases()) {
        phases.addObject().put("share", phase.share()).put("sequences", phase.sequences());
      }
    }
    ArrayNode components = root.putArray("components");
    for (Mixture.Component component : mixture.components()) {
      ObjectNode node = components.addObject();
      node.put("domain", component.domain());
      node.put("language", component.language());
      node.put("share", component.share());
      if (component.maxEpochs() != mixture.maxEpochs()) {
        node.put("max_epochs", component.maxEpochs());
      }
      if (onePhase) {
        node.put("weight", component.weights().getFirst());
      } else {
        component.weights().forEach(node.putArray("weights")::add);
        component.phaseSequences().forEach(node.putArray("phase_sequences")::add);
      }
      node.put("sequences", component.sequences());
      node.put("epoch_sequences", component.epochSequences());
      node.put("epochs", component.epochs());
      ArrayNode groups = node.putArray("groups");
      component.groups().forEach(group -> write(group, groups.addObject()));
    }
    ArrayNode unused = root.putArray("unused");
    mixture.unused().forEach(group -> write(group, unused.addObject()));
    if (!mixture.entropies().isEmpty()) {
      ArrayNode entropies = root.putArray("entropies");
      mixture.entropies().forEach(entropy -> write(entropy, entropies.addObject()));
    }
    if (!mixture.log().isEmpty()) {
      write(mixture.log(), root.putArray("weight_log"));
    }
    try {
      return JSON.writer(
                  new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
              .writeValueAsString(root)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a mixture has a text form", e);
    }
  }

  private static int version(Mixture mixture) {
    if (!mixture.log().isEmpty()) {
      return Mixture.LOG_VERSION;
    }
    return mixture.phases().size() == 1 ? Mixture.VERSION : Mixture.PHASES_VERSION;
  }

  private static void write(WeightLog log, ArrayNode array) {
    List<List<Double>> deviations = log.deviations();
    long from = 0;
    for (int s = 0; s < log.stretches().size(); s++) {
      Stretch stretch = log.stretches().get(s);
      ObjectNode node = array.addObject();
      node.put("from", from).put("sequences", stretch.sequences());
      stretch.weights().forEach(node.putArray("weights")::add);
      stretch.shares().forEach(node.putArray("shares")::add);
      stretch.turns().forEach(node.putArray("turns")::add);
      deviations.get(s).forEach(node.putArray("deviation")::add);
      from += stretch.sequences();
    }
  }

  private static void write(Mixture.Group group, ObjectNode node) {
    node.put("domain", group.domain());
    node.put("language", group.language());
    node.put("tokens", group.tokens());
    node.put("sequences", group.sequences());
    node.put("sha256", group.sha256());
  }

  private static void write(Mixture.Entropy entropy, ObjectNode node) {
    node.put("line", entropy.line());
    node.put("weight", entropy.weight());
    node.put("nats", entropy.measured().nats());
    node.put("tokens", entropy.measured().tokens());
    node.put("pairs", entropy.measured().pairs());
    node.put("previous", entropy.measured().previous());
  }

  /**
   * @param origin the path, for messages
   */
  static Mixture parse(String text, String origin) {
    try {
      Mixture mixture = mixture(JSON.readTree(text));
      mixture.requireCounts();
      return mixture;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s; mix again".formatted(origin, e.getMessage()), e);
    }
  }

  private static Mixture mixture(JsonNode root) {
    long version = number(root, "version");
    if (version < Mixture.VERSION || version > Mixture.LOG_VERSION) {
      throw new IllegalArgumentException(
          "version is %d, must be %d to %d"
              .formatted(version, Mixture.VERSION, Mixture.LOG_VERSION));
    }
    boolean onePhase = version != Mixture.PHASES_VERSION;
    double maxEpochs = entry(root, "max_epochs").asDouble();
    List<Mixture.Component> components = new ArrayList<>();
    for (JsonNode node : entry(root, "components")) {
      components.add(
          new Mixture.Component(
              word(node, "domain"),
              word(node, "language"),
              entry(node, "share").asDouble(),
              node.path("max_epochs").asDouble(maxEpochs),
              onePhase ? List.of(number(node, "weight")) : numbers(node, "weights"),
              onePhase ? List.of(number(node, "sequences")) : numbers(node, "phase_sequences"),
              number(node, "epoch_sequences"),
              groups(entry(node, "groups"))));
    }
    return new Mixture(
        number(root, "seed"),
        Math.toIntExact(number(root, "sequence_length")),
        number(root, "block_sequences"),
        onePhase ? List.of(new Mixture.Phase(1, number(root, "sequences"))) : phases(root),
        number(root, "asked_tokens"),
        maxEpochs,
        word(root, "tokenizer_sha256"),
        Math.toIntExact(number(root, "end_of_text")),
        components,
        groups(entry(root, "unused")),
        entropies(root.path("entropies")),
        version == Mixture.LOG_VERSION ? log(entry(root, "weight_log")) : WeightLog.none());
  }

  private static WeightLog log(JsonNode array) {
    List<Stretch> stretches = new ArrayList<>();
    for (JsonNode node : array) {
      stretches.add(
          new Stretch(measures(node, "weights"), measures(node, "shares"), numbers(node, "turns")));
    }
    if (stretches.isEmpty()) {
      throw new IllegalArgumentException("weight_log is empty");
    }
    return new WeightLog(stretches);
  }

  private static List<Mixture.Entropy> entropies(JsonNode array) {
    List<Mixture.Entropy> entropies = new ArrayList<>();
    for (JsonNode node : array) {
      entropies.add(
          new Mixture.Entropy(
              word(node, "line"),
              entry(node, "weight").asDouble(),
              new BigramEntropy(
                  number(node, "tokens"),
                  number(node, "pairs"),
                  number(node, "previous"),
                  entry(node, "nats").asDouble())));
    }
    return entropies;
  }

  private static List<Mixture.Phase> phases(JsonNode root) {
    List<Mixture.Phase> phases = new ArrayList<>();
    for (JsonNode node : entry(root, "phases")) {
      phases.add(new Mixture.Phase(entry(node, "share").asDouble(), number(node, "sequences")));
    }
    return phases;
  }

  private static List<Mixture.Group> groups(JsonNode array) {
    List<Mixture.Group> groups = new ArrayList<>();
    for (JsonNode node : array) {
      groups.add(
          new Mixture.Group(
              word(node, "domain"),
              word(node, "language"),
              number(node, "tokens"),
              number(node, "sequences"),
              word(node, "sha256")));
    }
    return groups;
  }

  private static JsonNode entry(JsonNode node, String key) {
    JsonNode entry = node.path(key);
    if (entry.isMissingNode() || entry.isNull()) {
      throw new IllegalArgumentException("the entry %s is missing".formatted(key));
    }
    return entry;
  }

  private static long number(JsonNode node, String key) {
    return wholeNumber(key, entry(node, key));
  }

  private static long wholeNumber(String key, JsonNode entry) {
    if (!entry.isIntegralNumber() || !entry.canConvertToLong()) {
      throw new IllegalArgumentException("%s is %s, must be a whole number".formatted(key, entry));
    }
    return entry.longValue();
  }

  private static List<Long> numbers(JsonNode node, String key) {
    List<Long> numbers = new ArrayList<>();
    for (JsonNode number : entry(node, key)) {
      numbers.add(wholeNumber(key, number));
    }
    return numbers;
  }

  private static List<Double> measures(JsonNode node, String key) {
    List<Double> measures = new ArrayList<>();
    for (JsonNode measure : entry(node, key)) {
      if (!measure.isNumber()) {
        throw new IllegalArgumentException("%s has %s, must have numbers".formatted(key, measure));
      }
      measures.add(measure.doubleValue());
    }
    return measures;
  }

  private static String word(JsonNode node, String key) {
    JsonNode entry = entry(node, key);
    if (!entry.isTextual()) {
      throw new IllegalArgumentException("%s is %s, must be a text".formatted(key, entry));
    }
    return entry.textValue();
  }
}
