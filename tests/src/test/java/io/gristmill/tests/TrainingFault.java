package io.gristmill.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

/**
 * What can happen to a training on a cluster, at a moment that a seed chooses.
 *
 * <p>A step is first its workers' own part (forward and backward), then the reduction of gradients,
 * then the update and the gathering of parameters. The lines of {@code metrics.jsonl} tell how long
 * the own part takes, and come at the end of each step, so that a kill can be aimed at one of them.
 */
enum TrainingFault {
  KILL_IN_BACKWARD {
    @Override
    Blow strike(WatchedTraining training, Random random) throws Exception {
      return killInStep(training, random, 0.05, 0.85, 0, 0);
    }
  },
  KILL_IN_REDUCE {
    @Override
    Blow strike(WatchedTraining training, Random random) throws Exception {
      return killInStep(training, random, 1, 1, 0.05, 0.45);
    }
  },
  KILL_IN_GATHER {
    @Override
    Blow strike(WatchedTraining training, Random random) throws Exception {
      return killInStep(training, random, 1, 1, 0.55, 0.95);
    }
  },
  KILL_IN_CHECKPOINT {
    @Override
    Blow strike(WatchedTraining training, Random random) throws Exception {
      ProcessHandle victim = random.nextBoolean() ? training.writer() : any(training, random);
      Path checkpoint = awaitCheckpoint(training);
      String file = CHECKPOINT_FILES.get(random.nextInt(CHECKPOINT_FILES.size()));
      training.awaitFile(checkpoint.resolve(file));
      Blow blow = Blow.now(training, "");
      kill(victim);
      victim.onExit().join();
      boolean half = !Files.exists(checkpoint.resolve("_MANIFEST.json"));
      return blow.with(
          "in %s of %s, which was left %s"
              .formatted(file, checkpoint.getFileName(), half ? "half" : "whole"));
    }
  },
  KILL_AT_START {
    @Override
    Blow strike(WatchedTraining training, Random random) throws Exception {
      long failures = training.failures();
      String before = training.metrics().attempt().name();
      kill(any(training, random));
      training.await("a restart", () -> training.failures() > failures);
      Thread.sleep(random.nextInt(START_MILLIS));
      Blow blow = Blow.now(training, "");
      kill(any(training, random));
      return blow.with(
          blow.attempt().equals(before) ? "before the first step" : "soon after the first step");
    }
  },
  KILL_TWO {
    @Override
    Blow strike(WatchedTraining training, Random random) throws Exception {
      List<ProcessHandle> executors = shuffled(training, random);
      awaitAnyInstant(training, random);
      Blow blow = Blow.now(training, "");
      kill(executors.get(0));
      kill(executors.get(1));
      return blow;
    }
  },
  KILL_COMMAND {
    @Override
    Blow strike(WatchedTraining training, Random random) throws Exception {
      awaitAnyInstant(training, random);
      Blow blow = Blow.now(training, "");
      training.restartCommand();
      return blow;
    }
  },
  FREEZE {
    @Override
    Blow strike(WatchedTraining training, Random random) throws Exception {
      boolean writing = random.nextBoolean();
      ProcessHandle victim = writing ? training.writer() : any(training, random);
      if (writing) {
        Path checkpoint = awaitCheckpoint(training);
        training.awaitFile(
            checkpoint.resolve(CHECKPOINT_FILES.get(random.nextInt(CHECKPOINT_FILES.size()))));
      } else {
        awaitAnyInstant(training, random);
      }
      long failures = training.failures();
      Blow blow = Blow.now(training, writing ? "the writer, in a checkpoint" : "a worker");
      signal(victim, "STOP");
      training.await("a restart without it", () -> training.failures() > failures);
      Thread.sleep(random.nextInt(WAKE_MILLIS));
      signal(victim, "CONT");
      return blow;
    }
  },
  CUT {
    @Override
    Blow strike(WatchedTraining training, Random random) throws Exception {
      List<ProcessHandle> executors = shuffled(training, random);
      awaitAnyInstant(training, random);
      Blow blow = Blow.now(training, "");
      int cut = Connections.cut(executors.get(0), executors.get(1));
      assertThat(cut).as("connections between two workers").isPositive();
      return blow.with("%d connections".formatted(cut));
    }
  };

  /**
   * A fault that has happened.
   *
   * @param nanos of the clock, when it did
   * @param attempt that it put an end to
   * @param step that was done
   * @param note what can be said of it beside its name
   */
  record Blow(long nanos, String attempt, long step, String note) {
    static Blow now(WatchedTraining training, String note) throws IOException {
      return new Blow(
          System.nanoTime(), training.metrics().attempt().name(), training.metrics().step(), note);
    }

    Blow with(String other) {
      return new Blow(nanos, attempt, step, other);
    }
  }

  /** In the order in which they are written. */
  private static final List<String> CHECKPOINT_FILES =
      List.of(
          "model.safetensors",
          "optimizer-first-moment.safetensors",
          "optimizer-second-moment.safetensors");

  /** About as long as an attempt takes from its beginning to its first step. */
  private static final int START_MILLIS = 6_000;

  private static final int WAKE_MILLIS = 4_000;
  private static final Pattern PLACE = Pattern.compile("in (?:the )?([a-z-]+) of step (\\d+)");

  /** Waits for the moment, and lets it happen. */
  abstract Blow strike(WatchedTraining training, Random random) throws Exception;

  /** Where the other workers were when they missed one, as they wrote it, from a step on. */
  static String noticed(List<Path> executorLogs, long step) throws IOException {
    var places = new TreeSet<String>();
    for (Path log : executorLogs) {
      for (String line : Files.readAllLines(log)) {
        Matcher place = PLACE.matcher(line);
        while (place.find()) {
          if (Long.parseLong(place.group(2)) > step) {
            places.add("%s of step %s".formatted(place.group(1), place.group(2)));
          }
        }
      }
    }
    return String.join(", ", places);
  }

  /**
   * Kills a worker in a step: after a share of its own part, then a share of what follows.
   *
   * @param from least share of the own part
   * @param to largest
   * @param thenFrom least share of the rest
   * @param thenTo largest
   */
  private static Blow killInStep(
      WatchedTraining training,
      Random random,
      double from,
      double to,
      double thenFrom,
      double thenTo)
      throws Exception {
    JsonNode line = training.lastStep();
    double whole = line.path("seconds").asDouble();
    double own = slowest(line);
    double wait =
        between(random, from, to) * own + between(random, thenFrom, thenTo) * (whole - own);
    ProcessHandle victim = any(training, random);
    training.awaitEndOfStep();
    TimeUnit.NANOSECONDS.sleep((long) (wait * 1e9));
    Blow blow =
        Blow.now(
            training,
            "%.0f ms into a step of %.0f, %.0f of them the workers' own"
                .formatted(wait * 1e3, whole * 1e3, own * 1e3));
    kill(victim);
    return blow;
  }

  private static double slowest(JsonNode line) {
    return seconds(line).max().orElseThrow();
  }

  private static DoubleStream seconds(JsonNode line) {
    return StreamSupport.stream(line.path("worker_seconds").spliterator(), false)
        .mapToDouble(JsonNode::asDouble);
  }

  private static double between(Random random, double from, double to) {
    return from + random.nextDouble() * (to - from);
  }

  /** Any instant of a step. */
  private static void awaitAnyInstant(WatchedTraining training, Random random) throws Exception {
    double whole = training.lastStep().path("seconds").asDouble();
    training.awaitEndOfStep();
    TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * whole * 1e9));
  }

  /** Waits until the next checkpoint begins to be written. */
  private static Path awaitCheckpoint(WatchedTraining training) throws Exception {
    long next = (training.metrics().step() / 10 + 1) * 10;
    Path checkpoint = training.checkpoint(next);
    training.awaitFile(checkpoint);
    return checkpoint;
  }

  private static ProcessHandle any(WatchedTraining training, Random random) throws Exception {
    return shuffled(training, random).getFirst();
  }

  private static List<ProcessHandle> shuffled(WatchedTraining training, Random random)
      throws Exception {
    training.await("two executors", () -> training.executors().size() >= 2);
    List<ProcessHandle> executors = new ArrayList<>(training.executors());
    Collections.shuffle(executors, random);
    return executors;
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly(); // which is kill -9
  }

  private static void signal(ProcessHandle process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
