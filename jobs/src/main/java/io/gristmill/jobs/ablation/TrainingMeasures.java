package io.gristmill.jobs.ablation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a finished training has shown, {@code measures.json} of its folder.
 *
 * @param identity of the training
 * @param checkpoint folder of its last model
 * @param modelSha256 of that model
 * @param seconds of its steps and validations, of those that the result rests on
 * @param cores that it kept busy
 * @param measures by rising step
 */
record TrainingMeasures(
    String identity,
    String checkpoint,
    String modelSha256,
    double seconds,
    int cores,
    List<At> measures) {
  static final String NAME = "measures.json";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  TrainingMeasures {
    measures = List.copyOf(measures);
  }

  /** The held-out losses after a step, 0 before the first. */
  record At(long step, List<Group> groups) {
    At {
      groups = List.copyOf(groups);
    }
  }

  /** Of a domain and language. */
  record Group(String domain, String language, double natsPerToken, long tokens) {}

  /** Before the first step, of a training that began with a given model. */
  At first() {
    return measures.getFirst();
  }

  /** At the end. */
  At last() {
    return measures.getLast();
  }

  /** What was written down, if the folder holds the training of that identity, finished. */
  static Optional<TrainingMeasures> read(Path folder, String identity, Configuration hadoop)
      throws IOException {
    Path file = new Path(folder, NAME);
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return Optional.of(JSON.readValue(in.readAllBytes(), TrainingMeasures.class))
          .filter(own -> own.identity().equals(identity));
    } catch (FileNotFoundException | JsonProcessingException unfinished) {
      return Optional.empty(); // half written by a run that was killed
    }
  }

  void write(Path folder, Configuration hadoop) throws IOException {
    Path file = new Path(folder, NAME);
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(JSON.writeValueAsBytes(this));
    }
  }

  /** Reads the log of a finished training. */
  static TrainingMeasures of(
      PlannedTraining training,
      String checkpoint,
      String modelSha256,
      int cores,
      Configuration hadoop)
      throws IOException {
    Path metrics = new Path(training.run().output(), "metrics.jsonl");
    var groups = new TreeMap<Long, List<Group>>();
    double seconds = 0;
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                metrics.getFileSystem(hadoop).open(metrics), StandardCharsets.UTF_8))) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        JsonNode line = JSON.readTree(text);
        switch (line.path("event").asText()) {
          case "validation" ->
              groups
                  .computeIfAbsent(line.path("step").asLong(), step -> new ArrayList<>())
                  .add(
                      new Group(
                          line.path("domain").asText(),
                          line.path("language").asText(),
                          line.path("nats_per_token").asDouble(),
                          line.path("tokens").asLong()));
          case "step", "validated" -> seconds += line.path("seconds").asDouble();
          default -> {}
        }
      }
    }
    return new TrainingMeasures(
        training.identity(),
        checkpoint,
        modelSha256,
        seconds,
        cores,
        groups.entrySet().stream().map(own -> new At(own.getKey(), own.getValue())).toList());
  }
}
