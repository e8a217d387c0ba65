package io.gristmill.jobs.report.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.gristmill.trainer.training.Straggler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The training as it went, of {@code metrics.jsonl}. A step that was taken again after a resume
 * counts as it was taken last.
 *
 * @param setup of the last start
 * @param steps by rising step
 * @param validations by rising step, then by domain and language
 * @param resumes steps from which the training went on after it had stopped
 * @param changes of the weights of the mixture, by rising step; none where it was as planned
 * @param refused batches that no update was made by, by rising step, of one step in their order
 */
public record History(
    Setup setup,
    List<Step> steps,
    List<Validation> validations,
    List<Long> resumes,
    List<Change> changes,
    List<Refused> refused) {
  public History {
    refused = List.copyOf(refused);
    changes = List.copyOf(changes);
    steps = List.copyOf(steps);
    validations = List.copyOf(validations);
    resumes = List.copyOf(resumes);
  }

  /**
   * What trained: absent counts are 0.
   *
   * @param parameters of the model
   * @param workers that shared each step
   * @param threads of each worker
   */
  public record Setup(long parameters, long workers, long threads) {}

  /**
   * One update of the parameters.
   *
   * @param tokens trained on up to and with this step
   * @param loss nats per token
   * @param seconds that it took, NaN where it is not said
   * @param workerSeconds that the own part of each worker took; none where it is not said
   */
  public record Step(
      long step,
      long tokens,
      double loss,
      double learningRate,
      double gradientNorm,
      double tokensPerSecond,
      double seconds,
      List<Double> workerSeconds) {
    public Step {
      workerSeconds = List.copyOf(workerSeconds);
    }
  }

  /** The loss on the held-out documents of a domain and language after a step. */
  public record Validation(
      long step, String domain, String language, double natsPerToken, double bitsPerByte) {}

  /** The weights of the mixture from a step on. */
  public record Change(long step, List<Weight> weights) {
    public Change {
      weights = List.copyOf(weights);
    }
  }

  /**
   * What a component of the mixture gets.
   *
   * @param domain as configured, perhaps a pattern
   * @param language as configured, perhaps a pattern
   * @param share of the sequences
   * @param average weight from the first step to the next change
   */
  public record Weight(String domain, String language, double share, double average) {}

  /**
   * A batch that was a spike, or stood between a checkpoint and one.
   *
   * @param action {@code skip}, {@code replace} or {@code roll-back}
   * @param batch its number, from 0
   * @param replacement number of the batch in its place, below 0 for none
   * @param loss nats per token; NaN where it was no number
   * @param lossScore standard deviations above the mean of the window; NaN where it was too short
   * @param documents ids of all documents in the batch
   */
  public record Refused(
      long step,
      String action,
      long batch,
      long replacement,
      double loss,
      double lossScore,
      double gradientNorm,
      double normScore,
      List<String> documents) {
    public Refused {
      documents = List.copyOf(documents);
    }
  }

  /** No training. */
  public static History none() {
    return new History(new Setup(0, 0, 0), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  public boolean isEmpty() {
    return steps.isEmpty() && validations.isEmpty();
  }

  /** The worker that kept the others waiting, since the workers last changed; if any did. */
  public Optional<Straggler> straggler() {
    long since = resumes.isEmpty() ? 0 : resumes.getLast();
    List<List<Double>> parts =
        steps.stream()
            .filter(step -> step.step() > since && step.workerSeconds().size() == setup.workers())
            .map(Step::workerSeconds)
            .toList();
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    return Straggler.among(
        IntStream.range(0, (int) setup.workers())
            .mapToObj(
                rank ->
                    Straggler.median(parts.stream().mapToDouble(step -> step.get(rank)).toArray()))
            .toList());
  }

  /** Reads {@code metrics.jsonl}. */
  static History read(Path metrics, Configuration hadoop, List<String> notes) throws IOException {
    var setups = new ArrayList<>(List.of(none().setup()));
    var steps = new TreeMap<Long, Step>();
    var validations = new TreeMap<Long, TreeMap<String, Validation>>();
    var resumes = new ArrayList<Long>();
    var changes = new TreeMap<Long, Change>();
    var refused = new LinkedHashMap<List<Long>, Refused>();
    JsonFile.lines(
        metrics,
        hadoop,
        notes,
        line -> {
          long step = JsonFile.count(line, "step");
          switch (JsonFile.word(line, "event")) {
            case "step" -> steps.put(step, step(step, line));
            case "validation" -> {
              Validation validation = validation(step, line);
              validations
                  .computeIfAbsent(step, key -> new TreeMap<>())
                  .put(validation.domain() + "/" + validation.language(), validation);
            }
            case "mixture" -> changes.put(step, change(step, line));
            case "spike", "replaced" -> {
              Refused batch = refused(step, line);
              refused.put(List.of(step, batch.batch()), batch); // the second tells it again
            }
            case "start" -> setups.add(setup(line));
            case "resume" -> {
              setups.add(setup(line));
              resumes.add(step);
            }
            default -> {} // checkpoints and the like have no figure here
          }
        });
    return new History(
        setups.getLast(),
        List.copyOf(steps.values()),
        validations.values().stream().flatMap(groups -> groups.values().stream()).toList(),
        resumes,
        List.copyOf(changes.values()),
        refused.values().stream().sorted(Comparator.comparingLong(Refused::step)).toList());
  }

  private static Refused refused(long step, JsonNode line) {
    return new Refused(
        step,
        JsonFile.word(line, "action"),
        JsonFile.count(line, "batch"),
        line.path("replacement").asLong(-1),
        JsonFile.measure(line, "loss"),
        JsonFile.measure(line, "loss_z_score"),
        JsonFile.measure(line, "gradient_norm"),
        JsonFile.measure(line, "gradient_norm_z_score"),
        line.path("documents").valueStream().map(JsonNode::asText).toList());
  }

  private static Change change(long step, JsonNode line) {
    var weights = new ArrayList<Weight>();
    for (JsonNode node : line.path("components")) {
      weights.add(
          new Weight(
              JsonFile.word(node, "domain"),
              JsonFile.word(node, "language"),
              JsonFile.measure(node, "share"),
              JsonFile.measure(node, "average_weight")));
    }
    return new Change(step, weights);
  }

  private static Setup setup(JsonNode line) {
    return new Setup(
        JsonFile.count(line, "parameters"),
        JsonFile.count(line, "workers"),
        JsonFile.count(line, "threads"));
  }

  private static Step step(long step, JsonNode line) {
    return new Step(
        step,
        JsonFile.count(line, "tokens"),
        JsonFile.measure(line, "loss"),
        JsonFile.measure(line, "learning_rate"),
        JsonFile.measure(line, "gradient_norm"),
        JsonFile.measure(line, "tokens_per_second"),
        JsonFile.measure(line, "seconds"),
        line.path("worker_seconds").valueStream().map(JsonNode::asDouble).toList());
  }

  private static Validation validation(long step, JsonNode line) {
    return new Validation(
        step,
        JsonFile.domain(line),
        JsonFile.word(line, "language"),
        JsonFile.measure(line, "nats_per_token"),
        JsonFile.measure(line, "bits_per_byte"));
  }
}
