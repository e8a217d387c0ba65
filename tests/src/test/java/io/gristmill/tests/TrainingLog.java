package io.gristmill.tests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code metrics.jsonl} of a training, which may be under way. */
record TrainingLog(Path file) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static TrainingLog of(Path run) {
    return new TrainingLog(TrainingExample.metrics(run));
  }

  /** The whole lines so far. */
  List<JsonNode> lines() throws IOException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException notYet) {
      return List.of();
    }
    int end = text.lastIndexOf('\n');
    return end < 0 ? List.of() : text.substring(0, end).lines().map(TrainingLog::read).toList();
  }

  /** The newest line of a step. */
  Optional<JsonNode> lastStep() throws IOException {
    return lines().reversed().stream().filter(line -> is(line, "step")).findFirst();
  }

  /** The steps that are done. */
  long step() throws IOException {
    return lastStep().map(line -> line.path("step").asLong()).orElse(0L);
  }

  /** The name of the attempt that writes now, and whether it has made a step. */
  Attempt attempt() throws IOException {
    boolean stepped = false;
    for (JsonNode line : lines().reversed()) {
      stepped |= is(line, "step");
      if (line.has("attempt")) {
        return new Attempt(line.path("attempt").asText(), stepped);
      }
    }
    return new Attempt("", false);
  }

  record Attempt(String name, boolean hasStepped) {}

  /** Step and loss of every step, which no speed changes. */
  List<String> losses() throws IOException {
    return lines().stream()
        .filter(line -> is(line, "step"))
        .map(line -> line.path("step").asText() + " " + line.path("loss").asText())
        .toList();
  }

  List<Double> all(String event, String key) throws IOException {
    return lines().stream()
        .filter(line -> is(line, event))
        .map(line -> line.path(key).asDouble())
        .toList();
  }

  private static boolean is(JsonNode line, String event) {
    return line.path("event").asText().equals(event);
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a line of metrics.jsonl: " + line, e);
    }
  }
}
