package io.gristmill.trainer.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.online.Apportionment;
import io.gristmill.mixing.online.Stretch;
import io.gristmill.mixing.online.WeightLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The line of {@code metrics.jsonl} for a change of the weights. */
final class MixtureEvent {
  static final String NAME = "mixture";
  private static final int MILLION = 1_000_000;

  private MixtureEvent() {}

  /**
   * The line of the last stretch of a log.
   *
   * @param scores that led to it; none for the first
   */
  static ObjectNode of(long step, Mixture mixture, WeightLog log, List<Double> scores) {
    Stretch stretch = log.stretches().getLast();
    List<Double> deviation = log.deviations().get(log.stretches().size() - 1);
    List<Double> average = log.average();
    ObjectNode line =
        MetricsLog.line(NAME, step)
            .put("from_sequence", log.sequences() - stretch.sequences())
            .put("sequences", stretch.sequences());
    ArrayNode components = line.putArray("components");
    for (int i = 0; i < deviation.size(); i++) {
      Mixture.Component component = mixture.components().get(i);
      ObjectNode node =
          components
              .addObject()
              .put("domain", component.domain())
              .put("language", component.language());
      if (!scores.isEmpty()) {
        node.put("score", scores.get(i));
      }
      node.put("weight", stretch.weights().get(i))
          .put("share", stretch.shares().get(i))
          .put("turns", stretch.turns().get(i))
          .put("deviation", deviation.get(i))
          .put("average_weight", average.get(i));
    }
    return line;
  }

  /** The line for people. */
  static String description(JsonNode line) {
    List<String> weights = new ArrayList<>();
    double furthest = 0;
    for (JsonNode node : line.path("components")) {
      String capped =
          node.path("share").asDouble() < node.path("weight").asDouble() ? " (capped)" : "";
      weights.add(
          "%s/%s %.2f %%%s"
              .formatted(
                  node.path("domain").asText(),
                  node.path("language").asText(),
                  100 * node.path("share").asDouble(),
                  capped));
      furthest = Math.max(furthest, Math.abs(node.path("deviation").asDouble()));
    }
    return "step %d, mixture: %s; %.2f sequences off so far"
        .formatted(line.path("step").asLong(), String.join(", ", weights), furthest);
  }

  /** The average of the weights in millionths that sum to 1, as {@code mixture.weights} must. */
  static String average(Mixture mixture, WeightLog log) {
    double[] quotas = log.average().stream().mapToDouble(weight -> MILLION * weight).toArray();
    long[] most = new long[quotas.length];
    Arrays.fill(most, MILLION);
    long[] millionths = Apportionment.of(quotas, MILLION, most);
    List<String> weights = new ArrayList<>();
    for (int i = 0; i < quotas.length; i++) {
      weights.add(
          "%s %.6f"
              .formatted(mixture.components().get(i).label(), (double) millionths[i] / MILLION));
    }
    return "average weights, for mixture.weights of another run: " + String.join(", ", weights);
  }
}
