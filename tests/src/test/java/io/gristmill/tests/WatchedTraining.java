package io.gristmill.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A command that trains, watched from outside by its files and processes. */
final class WatchedTraining implements AutoCloseable {
  private static final long MOST_WAIT_NANOS = TimeUnit.MINUTES.toNanos(3);
  private static final long LOOK_MILLIS = 2;
  private static final long SLOW_LOOK_MILLIS = 50;

  private final Map<String, String> environment;
  private final List<String> arguments;
  private final Supplier<List<ProcessHandle>> executors;
  private final Path run;
  private final TrainingLog metrics;
  private final List<Path> logs = new ArrayList<>();
  private Process command;

  private WatchedTraining(
      Map<String, String> environment,
      List<String> arguments,
      Supplier<List<ProcessHandle>> executors,
      Path run)
      throws IOException {
    this.environment = environment;
    this.arguments = arguments;
    this.executors = executors;
    this.run = run;
    this.metrics = TrainingLog.of(run);
    this.command = begin();
  }

  /** Starts the training that {@code run.yaml} in a folder describes, on a cluster. */
  static WatchedTraining start(SmallCluster cluster, Path run, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("pretrain", config(run)));
    command.addAll(List.of(options));
    return new WatchedTraining(
        Command.BRIEF, cluster.on(command.toArray(String[]::new)), cluster::executors, run);
  }

  /** Starts a command for such a folder on two threads of this machine. */
  static WatchedTraining local(Path run, String command) throws IOException {
    return new WatchedTraining(
        Map.of(), List.of(command, config(run), "--master", "local[2]"), List::of, run);
  }

  private static String config(Path run) {
    return run.resolve("run.yaml").toString();
  }

  private Process begin() throws IOException {
    Path log = run.resolve("command-%d.log".formatted(logs.size() + 1));
    logs.add(log);
    return Command.start("gristmill", environment, arguments, log);
  }

  /** What a moment is waited for. */
  @FunctionalInterface
  interface Moment {
    boolean hasCome() throws IOException;
  }

  TrainingLog metrics() {
    return metrics;
  }

  Path checkpoint(long step) {
    return TrainingExample.checkpoint(run, step);
  }

  /** What the command, all its starts, has written. */
  String log() throws IOException {
    var text = new StringBuilder();
    for (Path log : logs) {
      text.append(Files.readString(log));
    }
    return text.toString();
  }

  /** How often the command has told of a failure. */
  long failures() throws IOException {
    return log().lines().filter(line -> line.contains("begins again from step")).count();
  }

  /** Waits for a moment of a training that is not over; fails where it ends before. */
  void await(String what, Moment moment) throws Exception {
    await(what, SLOW_LOOK_MILLIS, moment);
  }

  private void await(String what, long lookMillis, Moment moment) throws Exception {
    long start = System.nanoTime();
    while (!moment.hasCome()) {
      assertThat(command.isAlive()).as("it ended without %s:%n%s", what, log()).isTrue();
      assertThat(System.nanoTime() - start)
          .as("nanoseconds of waiting for %s:%n%s", what, log())
          .isLessThan(MOST_WAIT_NANOS);
      Thread.sleep(lookMillis);
    }
  }

  /** Waits until so many steps are done. */
  void awaitStep(long step) throws Exception {
    await("step " + step, () -> metrics.step() >= step);
  }

  /** Waits for the moment in which a step ends and the next begins. */
  void awaitEndOfStep() throws Exception {
    Path file = metrics.file();
    long size = Files.size(file);
    long step = metrics.step();
    long[] last = {size};
    await(
        "the end of a step",
        LOOK_MILLIS,
        () -> {
          long now = Files.exists(file) ? Files.size(file) : 0;
          boolean grown = now != last[0];
          last[0] = now;
          return grown && metrics.step() > step;
        });
  }

  /** Waits until a file is there, to the millisecond. */
  void awaitFile(Path file) throws Exception {
    await(file.toString(), LOOK_MILLIS, () -> Files.exists(file));
  }

  JsonNode lastStep() throws IOException {
    return metrics.lastStep().orElseThrow();
  }

  /** How many workers made the last step. */
  int workers() throws IOException {
    return metrics.lastStep().map(line -> line.path("worker_seconds").size()).orElse(0);
  }

  List<ProcessHandle> executors() {
    return executors.get();
  }

  /** The executor of worker 0, which writes checkpoints and metrics. */
  ProcessHandle writer() throws Exception {
    List<ProcessHandle> found = new ArrayList<>();
    await("an executor that writes metrics", () -> found.addAll(writers()));
    return found.getFirst();
  }

  private List<ProcessHandle> writers() {
    return executors().stream().filter(own -> hasOpen(own, metrics.file())).toList();
  }

  private static boolean hasOpen(ProcessHandle process, Path file) {
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
      for (Path open : files.toList()) {
        if (Files.isSymbolicLink(open) && Files.readSymbolicLink(open).equals(file)) {
          return true;
        }
      }
    } catch (IOException gone) {
      return false;
    }
    return false;
  }

  /** Kills the command, as a lost machine would, and starts it again. */
  void restartCommand() throws IOException, InterruptedException {
    command.destroyForcibly().waitFor();
    command = begin();
  }

  /** Sends SIGTERM to the command. */
  void terminate() {
    command.destroy();
  }

  /** Waits for the end of the command, which must have gone well. */
  void awaitEnd() throws Exception {
    assertThat(command.waitFor(5, TimeUnit.MINUTES)).as("%s", log()).isTrue();
    assertThat(command.exitValue()).as("%s", log()).isZero();
  }

  @Override
  public void close() {
    command.descendants().forEach(ProcessHandle::destroyForcibly);
    command.destroyForcibly();
  }
}
