package io.gristmill.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.trainer.evaluation.BestLoss;
import io.gristmill.trainer.spike.SpikeMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a run stands, {@value #NAME}. The step fixes the place in the data and in the schedule.
 *
 * @param step updates done
 * @param tokens trained on
 * @param loss of the last step, nats per token
 * @param configuration what determines the run's bits
 * @param best lowest validation losses so far
 * @param spikes what is remembered to judge the next steps; left out of the file where it is empty
 */
public record TrainerState(
    long step,
    long tokens,
    double loss,
    JsonNode configuration,
    List<BestLoss> best,
    SpikeMemory spikes) {
  public static final String NAME = "trainer_state.json";
  private static final int VERSION = 1;

  public TrainerState {
    best = List.copyOf(best);
  }

  /** Of a run that does not look for spikes. */
  public TrainerState(
      long step, long tokens, double loss, JsonNode configuration, List<BestLoss> best) {
    this(step, tokens, loss, configuration, best, SpikeMemory.none());
  }

  /** The same of another configuration. */
  public TrainerState with(JsonNode other) {
    return new TrainerState(step, tokens, loss, other, best, spikes);
  }

  /** The text of the file. */
  public byte[] json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("version", VERSION).put("step", step).put("tokens", tokens).put("loss", loss);
    root.set("configuration", configuration);
    ArrayNode array = root.putArray("best_validation");
    for (BestLoss loss : best) {
      array
          .addObject()
          .put("language", loss.language())
          .put("step", loss.step())
          .put("nats_per_token", loss.natsPerToken())
          .put("bits_per_byte", loss.bitsPerByte());
    }
    if (!spikes.isEmpty()) {
      SpikeMemoryJson.put(root.putObject("spikes"), spikes);
    }
    return Json.bytes(root);
  }

  /** Reads the state in a checkpoint folder. */
  public static TrainerState read(FileSystem files, Path folder) throws IOException {
    Path path = new Path(folder, NAME);
    JsonNode root = Json.read(files, path);
    List<BestLoss> best = new ArrayList<>();
    for (JsonNode node : Json.entry(root, "best_validation", path)) {
      best.add(
          new BestLoss(
              Json.entry(node, "language", path).asText(),
              Json.entry(node, "step", path).asLong(),
              Json.entry(node, "nats_per_token", path).asDouble(),
              Json.entry(node, "bits_per_byte", path).asDouble()));
    }
    return new TrainerState(
        Json.entry(root, "step", path).asLong(),
        Json.entry(root, "tokens", path).asLong(),
        Json.entry(root, "loss", path).asDouble(),
        Json.entry(root, "configuration", path),
        best,
        root.has("spikes") ? SpikeMemoryJson.read(root.get("spikes"), path) : SpikeMemory.none());
  }

  /**
   * The first way in which {@code configuration} differs from this state's, for people: {@code
   * pretrain.slots was 16, is 8}.
   */
  public Optional<String> difference(JsonNode configuration) {
    return difference("", this.configuration, configuration);
  }

  private static Optional<String> difference(String key, JsonNode was, JsonNode is) {
    if (!was.isObject() && !is.isObject()) {
      // As text, so that 1 read from a file and 1.0 or a long compare as people would.
      boolean same =
          (was.isNumber() && is.isNumber())
              ? was.asDouble() == is.asDouble()
              : was.asText().equals(is.asText());
      return same
          ? Optional.empty()
          : Optional.of("%s was %s, is %s".formatted(key, shown(was), shown(is)));
    }
    // Where one has the object and the other not, its entries are the difference.
    NavigableSet<String> names = new TreeSet<>();
    was.fieldNames().forEachRemaining(names::add);
    is.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      String inner = key.isEmpty() ? name : key + "." + name;
      Optional<String> found = difference(inner, was.path(name), is.path(name));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode() ? "not there" : node.toString();
  }
}
