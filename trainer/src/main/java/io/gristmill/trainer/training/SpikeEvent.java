package io.gristmill.trainer.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.trainer.spike.Observation;
import io.gristmill.trainer.spike.Refusal;
import java.util.List;
import java.util.Locale;

/** The lines of {@code metrics.jsonl} for batches that no update was made by. */
final class SpikeEvent {
  /** A spike, when it is met. */
  static final String NAME = "spike";

  /** A batch of a step that is taken again after the run went back, with another batch. */
  static final String REPLACED = "replaced";

  private SpikeEvent() {}

  /**
   * The line of a batch.
   *
   * @param event {@link #NAME} or {@link #REPLACED}
   * @param documents in the batch
   */
  static ObjectNode of(String event, Refusal refusal, List<String> documents) {
    Observation seen = refusal.observation();
    ObjectNode line =
        MetricsLog.line(event, seen.step())
            .put("action", refusal.action().key())
            .put("batch", seen.batch());
    if (refusal.instead() != Refusal.NONE) {
      line.put("replacement", refusal.instead());
    }
    line.put("loss", seen.loss())
        .put("gradient_norm", seen.gradientNorm())
        .put("z_score", seen.score())
        .put("loss_z_score", seen.lossScore())
        .put("gradient_norm_z_score", seen.normScore());
    ArrayNode ids = line.putArray("documents");
    documents.forEach(ids::add);
    return line;
  }

  /** The line for people. */
  static String description(JsonNode line) {
    String done =
        switch (line.path("action").asText()) {
          case "skip" -> "no update is made";
          case "replace" -> "batch %d takes its place".formatted(line.path("replacement").asLong());
          default -> "going back to the last checkpoint, with other batches from there to here";
        };
    return String.format(
        Locale.ROOT,
        "step %d is a spike: loss %.3f (%.1f deviations above the mean), gradient norm %.3f (%.1f); %s",
        line.path("step").asLong(),
        line.path("loss").asDouble(),
        line.path("loss_z_score").asDouble(),
        line.path("gradient_norm").asDouble(),
        line.path("gradient_norm_z_score").asDouble(),
        done);
  }
}
