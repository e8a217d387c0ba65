package io.gristmill.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the project's scripts as a person does, each in a process of its own. */
final class Command {
  private static final Path ROOT = Path.of(System.getProperty("tests.root"));
  private static final int MOST_MINUTES = 10;
  private static final String JAVA_OPTIONS = "GRISTMILL_JAVA_OPTIONS";

  /** The first process leaves the classes that it loaded to the others. */
  private static final String SHARED_CLASSES =
      "-XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=%s -Xlog:cds=off -Xlog:cds+dynamic=off"
          .formatted(ROOT.resolve("tests/target/classes.jsa"));

  /**
   * The environment of what is over before good code would pay: without the optimising compiler a
   * start takes half of the time. Not for trainings, whose kernels need it.
   */
  static final Map<String, String> BRIEF =
      Map.of(JAVA_OPTIONS, SHARED_CLASSES + " -XX:TieredStopAtLevel=1");

  private Command() {}

  /**
   * What a command came to.
   *
   * @param output standard output and error
   */
  record Result(int status, String output) {}

  /** {@code scripts/gristmill} on two threads of this machine. */
  static Result gristmill(String... arguments) throws IOException, InterruptedException {
    return script("gristmill", Map.of(), with(List.of("--master", "local[2]"), arguments));
  }

  /** The same, {@link #BRIEF}. */
  static Result brief(String... arguments) throws IOException, InterruptedException {
    return script("gristmill", BRIEF, with(List.of("--master", "local[2]"), arguments));
  }

  /** A script of the project, in the project's folder. */
  static Result script(String name, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("gristmill-", ".log");
    try {
      Process process = start(name, environment, arguments, output);
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IOException(
            "%s %s did not end; it wrote:%n%s"
                .formatted(name, arguments, Files.readString(output)));
      }
      return new Result(
          process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  /** The same without waiting for its end; it writes to {@code output}. */
  static Process start(
      String name, Map<String, String> environment, List<String> arguments, Path output)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve("scripts").resolve(name).toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("GRISTMILL_DRIVER_MEMORY", "1g");
    builder.environment().put(JAVA_OPTIONS, SHARED_CLASSES);
    builder.environment().putAll(environment);
    return builder.start();
  }

  static List<String> with(List<String> first, String... rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(rest));
    return all;
  }
}
