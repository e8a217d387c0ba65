package io.gristmill.jobs.command;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkException;

/** Says in a few lines what stopped a run: our own words first, Spark's wrapping left out. */
public final class FailureMessage {
  private static final int MAX_LINES = 12;
  private static final int MAX_LINE_CHARACTERS = 400;

  private FailureMessage() {}

  public static String of(Throwable failure) {
    var messages = new ArrayList<String>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : named(cause);
      boolean wrapping = cause instanceof SparkException && cause.getCause() != null;
      if (!wrapping && messages.stream().noneMatch(earlier -> earlier.contains(message))) {
        messages.add(message);
      }
    }
    List<String> lines =
        messages.stream()
            .flatMap(String::lines)
            .filter(line -> !line.startsWith("\tat ") && !line.startsWith("Driver stacktrace"))
            .map(
                line ->
                    line.length() > MAX_LINE_CHARACTERS
                        ? line.substring(0, MAX_LINE_CHARACTERS) + " …"
                        : line)
            .limit(MAX_LINES)
            .toList();
    return String.join(System.lineSeparator(), lines);
  }

  /** JDK and library exceptions say little without their name; ours say all in the message. */
  private static String named(Throwable cause) {
    boolean plain =
        cause instanceof IllegalArgumentException
            || cause instanceof IllegalStateException
            || cause.getClass().getName().startsWith("io.gristmill.");
    return plain
        ? cause.getMessage()
        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
