package io.gristmill.curation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** The methods that work spends its time in, as Java's flight recorder samples them. */
final class HotMethods {
  private static final String SAMPLE = "jdk.ExecutionSample";
  private static final long SECONDS = 3;
  private static final int MOST = 8;

  private HotMethods() {}

  /** Does the work for some seconds and prints the methods on top of most samples. */
  static void print(LongSupplier work) {
    Map<String, Integer> samples = new HashMap<>();
    try {
      Path file = Files.createTempFile("hot-methods", ".jfr");
      try (var recording = new Recording()) {
        recording.enable(SAMPLE).withPeriod(Duration.ofMillis(10));
        recording.start();
        long end = System.nanoTime() + SECONDS * 1_000_000_000;
        long result = work.getAsLong();
        while (System.nanoTime() < end) {
          if (work.getAsLong() != result) {
            throw new IllegalStateException("the same work gave another result");
          }
        }
        recording.stop();
        recording.dump(file);
      }
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        if (event.getStackTrace() != null && !event.getStackTrace().getFrames().isEmpty()) {
          RecordedMethod method = event.getStackTrace().getFrames().getFirst().getMethod();
          String type = method.getType().getName();
          String name = type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
          samples.merge(name, 1, Integer::sum);
        }
      }
      Files.delete(file);
    } catch (IOException e) {
      throw new IllegalStateException("the flight recorder's file cannot be written", e);
    }
    int all = samples.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println(
        samples.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(MOST)
            .map(sample -> sample.getKey() + " " + 100 * sample.getValue() / all + " %")
            .collect(Collectors.joining(", ", "    ", "")));
  }
}
