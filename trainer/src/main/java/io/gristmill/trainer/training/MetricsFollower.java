package io.gristmill.trainer.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.trainer.checkpoint.CheckpointFiles;
import io.gristmill.trainer.evaluation.GroupLoss;
import io.gristmill.trainer.evaluation.Validation;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Tells the progress of one attempt at a run, in other processes, by reading its {@code
 * metrics.jsonl} as it grows, from the line with which the attempt begins. Where the file system
 * shows a file only when it is closed, progress is as old as the last checkpoint.
 */
public final class MetricsFollower implements Closeable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long POLL_MILLIS = 500;

  private final FileSystem files;
  private final Path path;
  private final Progress progress;
  private final Thread thread;
  private final List<GroupLoss> groups = new ArrayList<>();
  private final String attempt;
  private long position;
  private boolean begun;
  private long steps = 1;
  private double secondsPerStep;
  private volatile boolean closed;

  /**
   * @param output folder of the run
   * @param attempt the name by which its first line is known
   */
  public MetricsFollower(
      String output, String attempt, Configuration configuration, Progress progress)
      throws IOException {
    this.attempt = attempt;
    this.path = new Path(output, MetricsLog.NAME);
    this.files = CheckpointFiles.system(path, configuration);
    this.progress = progress;
    this.thread = Thread.ofPlatform().daemon().name("metrics-follower").unstarted(this::follow);
  }

  /** Starts telling. */
  public void start() {
    thread.start();
  }

  private void follow() {
    try {
      while (!closed) {
        Thread.sleep(POLL_MILLIS);
        read();
      }
    } catch (InterruptedException e) {
      // Closed while it slept.
    } catch (IOException e) {
      progress.warning("progress is no longer shown: " + e.getMessage());
    }
  }

  private synchronized void read() throws IOException {
    byte[] bytes;
    try (FSDataInputStream in = files.open(path)) {
      in.seek(position);
      bytes = in.readAllBytes();
    } catch (FileNotFoundException | EOFException e) {
      return; // not there, or shorter for the moment in which the attempt begins it anew
    }
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        tell(new String(bytes, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    if (begun) {
      position += start; // until then the lines are those of an earlier attempt, soon rewritten
    }
  }

  private void tell(String text) {
    JsonNode line;
    try {
      line = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return; // half a line of a killed writer
    }
    begun |= line.path("attempt").asText().equals(attempt);
    if (!begun) {
      return;
    }
    long step = line.path("step").asLong();
    String event = line.path("event").asText();
    if (!event.equals("validation") && !groups.isEmpty()) {
      progress.validation(new Validation(step, groups));
      groups.clear();
    }
    switch (event) {
      case "start", "resume" -> {
        steps = Math.max(1, line.path("steps").asLong());
        progress.event(
            "%s at step %d of %d, %d workers with %d threads, %s, from %s"
                .formatted(
                    event,
                    step,
                    steps,
                    line.path("workers").asInt(),
                    line.path("threads").asInt(),
                    line.path("kernels").asText(),
                    line.path("from").asText()));
      }
      case "step" -> progress.step(report(line, step));
      case "validation" -> groups.add(loss(line));
      case "checkpoint" -> progress.event("wrote " + line.path("path").asText());
      case MixtureEvent.NAME -> progress.event(MixtureEvent.description(line));
      case SpikeEvent.NAME -> progress.warning(SpikeEvent.description(line));
      case "note" -> progress.warning(line.path("message").asText());
      default -> {}
    }
  }

  private Progress.Report report(JsonNode line, long step) {
    double seconds = line.path("seconds").asDouble();
    secondsPerStep = secondsPerStep == 0 ? seconds : 0.9 * secondsPerStep + 0.1 * seconds;
    return new Progress.Report(
        step,
        steps,
        line.path("tokens").asLong(),
        line.path("loss").asDouble(),
        line.path("learning_rate").asDouble(),
        line.path("gradient_norm").asDouble(),
        line.path("tokens_per_second").asDouble(),
        Duration.ofMillis((long) (secondsPerStep * 1000 * (steps - step))));
  }

  private static GroupLoss loss(JsonNode line) {
    long tokens = line.path("tokens").asLong();
    double nats = line.path("nats_per_token").asDouble() * tokens;
    double bits = line.path("bits_per_byte").asDouble();
    return new GroupLoss(
        line.path("domain").asText(),
        line.path("language").asText(),
        nats,
        tokens,
        bits == 0 ? 0 : Math.round(nats / Math.log(2) / bits));
  }

  /** Tells what is left, and stops. */
  @Override
  public void close() throws IOException {
    closed = true;
    thread.interrupt();
    read();
    if (!groups.isEmpty()) {
      progress.validation(new Validation(steps, groups));
      groups.clear();
    }
  }
}
