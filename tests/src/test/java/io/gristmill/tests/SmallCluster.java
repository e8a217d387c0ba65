package io.gristmill.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A standalone cluster of a Master and some Workers of one core each, processes of their own. */
final class SmallCluster implements AutoCloseable {
  private final Path folder;
  private final int port;

  private SmallCluster(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts one of two Workers, whose logs lie in {@code folder}; fails where it does not start. */
  static SmallCluster start(Path folder) throws IOException, InterruptedException {
    return start(folder, 2);
  }

  static SmallCluster start(Path folder, int workers) throws IOException, InterruptedException {
    var cluster = new SmallCluster(folder, freePort());
    Command.Result start =
        Command.script(
            "cluster",
            cluster.environment(),
            List.of(
                "start",
                Integer.toString(workers),
                "--cores",
                "1",
                "--memory",
                "1500m",
                "--port",
                Integer.toString(cluster.port)));
    if (start.status() != 0) {
      cluster.close();
    }
    assertThat(start.status()).as(start.output()).isZero();
    return cluster;
  }

  /** For the scripts that use it. */
  Map<String, String> environment() {
    return Map.of("GRISTMILL_CLUSTER", folder.toString());
  }

  /** A command of {@code gristmill} with what makes it run here. */
  List<String> on(String... command) {
    return Command.with(
        List.of(command), "--master", "spark://127.0.0.1:" + port, "--executor-memory", "1g");
  }

  /** A process that runs tasks. */
  ProcessHandle executor() {
    return executors().getFirst();
  }

  /** The processes that run tasks now. */
  List<ProcessHandle> executors() {
    return ProcessHandle.allProcesses()
        .filter(own -> own.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .filter(own -> workingFolder(own).startsWith(folder))
        .toList();
  }

  /** What the executors of all applications so far have written to standard error. */
  List<Path> executorLogs() throws IOException {
    try (Stream<Path> files = Files.walk(folder, 4)) {
      return files.filter(file -> file.endsWith("stderr")).toList();
    }
  }

  /** One of the machines, from 1: a Worker, and the executors that it has started. */
  Machine machine(int number) throws IOException {
    Path pid = folder.resolve("worker-%d.pid".formatted(number));
    ProcessHandle worker =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    return new Machine(
        pid, worker, words(worker, "cmdline"), words(worker, "environ"), folder.toFile());
  }

  private static List<String> words(ProcessHandle process, String file) throws IOException {
    Path path = Path.of("/proc", Long.toString(process.pid()), file);
    return List.of(Files.readString(path).split("\0"));
  }

  /** A machine that can be lost and come back. */
  static final class Machine {
    private final Path pid;
    private final ProcessHandle worker;
    private final List<String> command;
    private final List<String> environment;
    private final File folder;

    private Machine(
        Path pid,
        ProcessHandle worker,
        List<String> command,
        List<String> environment,
        File folder) {
      this.pid = pid;
      this.worker = worker;
      this.command = command;
      this.environment = environment;
      this.folder = folder;
    }

    /** Kills all of it. */
    void lose() {
      List<ProcessHandle> all = Stream.concat(Stream.of(worker), worker.descendants()).toList();
      all.forEach(ProcessHandle::destroyForcibly);
      all.forEach(own -> own.onExit().join());
    }

    /** Starts its Worker again. */
    void comeBack() throws IOException {
      var builder = new ProcessBuilder(command);
      builder.environment().clear();
      for (String variable : environment) {
        int equals = variable.indexOf('=');
        builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
      }
      File log = new File(folder, "returned.log");
      Process process = builder.redirectErrorStream(true).redirectOutput(log).start();
      Files.writeString(pid, Long.toString(process.pid()));
    }
  }

  private static Path workingFolder(ProcessHandle process) {
    try {
      return Path.of("/proc", Long.toString(process.pid()), "cwd").toRealPath();
    } catch (IOException gone) {
      return Path.of("/");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      Command.script("cluster", environment(), List.of("stop"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the cluster stopped", e);
    }
  }
}
