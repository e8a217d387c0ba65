package io.gristmill.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The lowest held-out losses that a training has reached, of its metrics.jsonl. */
final class HeldOutLosses {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A loss and the step at which it was the lowest. Domain {@code *}: all of the language. */
  record Loss(String domain, String language, long step, double natsPerToken, double bitsPerByte) {}

  private final Map<String, Loss> groups = new TreeMap<>();
  private final Map<String, Loss> languages = new TreeMap<>();

  static HeldOutLosses read(Path metrics, Configuration hadoop) throws IOException {
    var losses = new HeldOutLosses();
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                metrics.getFileSystem(hadoop).open(metrics), StandardCharsets.UTF_8))) {
      for (String line : (Iterable<String>) lines(reader)::iterator) {
        losses.add(JSON.readTree(line));
      }
    }
    return losses;
  }

  /** By domain and language. */
  List<Loss> groups() {
    return List.copyOf(groups.values());
  }

  /** By language, over its domains. */
  List<Loss> languages() {
    return List.copyOf(languages.values());
  }

  private static Stream<String> lines(BufferedReader reader) {
    return reader.lines().filter(line -> !line.isBlank());
  }

  private void add(JsonNode event) {
    switch (event.path("event").asText()) {
      case "validation" -> lowest(groups, loss(event, event.path("domain").asText()));
      case "best" -> lowest(languages, loss(event, "*"));
      default -> {}
    }
  }

  private static Loss loss(JsonNode event, String domain) {
    return new Loss(
        domain,
        event.path("language").asText(),
        event.path("step").asLong(),
        event.path("nats_per_token").asDouble(),
        event.path("bits_per_byte").asDouble());
  }

  private static void lowest(Map<String, Loss> losses, Loss loss) {
    losses.merge(
        loss.domain() + "/" + loss.language(),
        loss,
        (a, b) ->
            Stream.of(a, b).min(Comparator.comparingDouble(Loss::natsPerToken)).orElseThrow());
  }
}
