package io.gristmill.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.trainer.spike.Observation;
import io.gristmill.trainer.spike.Refusal;
import io.gristmill.trainer.spike.SpikeMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * The memory of spikes in {@link TrainerState}. An observation is a row of step, batch, loss,
 * gradient norm, and how many deviations each of both is above the mean.
 */
final class SpikeMemoryJson {
  private static final int COLUMNS = 6;

  private SpikeMemoryJson() {}

  static void put(ObjectNode node, SpikeMemory memory) {
    node.put("since", memory.since());
    ArrayNode accepted = node.putArray("accepted");
    memory.accepted().forEach(seen -> put(accepted.addArray(), seen));
    ArrayNode refused = node.putArray("refused");
    for (Refusal refusal : memory.refused()) {
      ObjectNode entry =
          refused
              .addObject()
              .put("action", refusal.action().key())
              .put("replacement", refusal.instead());
      put(entry.putArray("observation"), refusal.observation());
    }
  }

  private static void put(ArrayNode row, Observation seen) {
    row.add(seen.step())
        .add(seen.batch())
        .add(seen.loss())
        .add(seen.gradientNorm())
        .add(seen.lossScore())
        .add(seen.normScore());
  }

  static SpikeMemory read(JsonNode node, Path path) throws IOException {
    List<Observation> accepted = new ArrayList<>();
    for (JsonNode row : Json.entry(node, "accepted", path)) {
      accepted.add(observation(row, path));
    }
    List<Refusal> refused = new ArrayList<>();
    for (JsonNode entry : Json.entry(node, "refused", path)) {
      refused.add(
          new Refusal(
              observation(Json.entry(entry, "observation", path), path),
              action(Json.entry(entry, "action", path).asText(), path),
              Json.entry(entry, "replacement", path).asLong()));
    }
    return new SpikeMemory(Json.entry(node, "since", path).asLong(), accepted, refused);
  }

  private static Observation observation(JsonNode row, Path path) throws IOException {
    if (row.size() != COLUMNS) {
      throw new IOException(
          "%s: an observation of spikes has %d numbers, must have %d"
              .formatted(path, row.size(), COLUMNS));
    }
    return new Observation(
        row.get(0).asLong(),
        row.get(1).asLong(),
        row.get(2).asDouble(),
        row.get(3).asDouble(),
        row.get(4).asDouble(),
        row.get(5).asDouble());
  }

  private static Refusal.Action action(String key, Path path) throws IOException {
    return Arrays.stream(Refusal.Action.values())
        .filter(action -> action.key().equals(key))
        .findFirst()
        .orElseThrow(
            () -> new IOException("%s: no action on spikes is called %s".formatted(path, key)));
  }
}
