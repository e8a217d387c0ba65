package io.gristmill.jobs.report.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The model against the Witten-Bell bigram model of the same training tokens, on the held-out
 * documents, of {@code evaluation.json}.
 *
 * @param checkpoint that was evaluated
 * @param groups by domain and language
 * @param languages the same with the domains of a language together; their domain is empty
 */
public record Scores(String checkpoint, List<Score> groups, List<Score> languages) {
  public Scores {
    groups = List.copyOf(groups);
    languages = List.copyOf(languages);
  }

  /** Both models on the same text. */
  public record Score(
      String domain, String language, long tokens, long bytes, Loss model, Loss bigram) {
    /**
     * Whether the model predicts the text better than the bigram; false where either is unknown.
     */
    public boolean belowBigram() {
      return model.natsPerToken() < bigram.natsPerToken();
    }

    /** Whether both losses are known. */
    public boolean comparable() {
      return Double.isFinite(model.natsPerToken()) && Double.isFinite(bigram.natsPerToken());
    }
  }

  /** A loss in both units, NaN where it is not said. */
  public record Loss(double natsPerToken, double bitsPerByte) {}

  /** No evaluation. */
  public static Scores none() {
    return new Scores("", List.of(), List.of());
  }

  public boolean isEmpty() {
    return groups.isEmpty() && languages.isEmpty();
  }

  /** Reads {@code evaluation.json}. */
  static Scores read(Path evaluation, Configuration hadoop, List<String> notes) throws IOException {
    JsonNode root = JsonFile.read(evaluation, hadoop, notes);
    return new Scores(
        JsonFile.word(root, "checkpoint"),
        scores(root.path("groups")),
        scores(root.path("languages")));
  }

  private static List<Score> scores(JsonNode array) {
    var scores = new ArrayList<Score>();
    for (JsonNode node : array) {
      scores.add(
          new Score(
              JsonFile.domain(node),
              JsonFile.word(node, "language"),
              JsonFile.count(node, "tokens"),
              JsonFile.count(node, "bytes"),
              loss(node.path("model")),
              loss(node.path("bigram"))));
    }
    return scores;
  }

  private static Loss loss(JsonNode node) {
    return new Loss(
        JsonFile.measure(node, "nats_per_token"), JsonFile.measure(node, "bits_per_byte"));
  }
}
