package io.gristmill.curation.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Real documents for benchmarks: a folder of {@code *.<language>.jsonl.gz} with key text. */
public final class TextFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TextFiles() {}

  /** The texts of the files whose names are wanted, in the order of these. */
  public static List<String> texts(Path folder, Predicate<String> wanted) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files =
          found
              .filter(file -> file.toString().endsWith(".jsonl.gz"))
              .filter(file -> wanted.test(file.getFileName().toString()))
              .sorted()
              .toList();
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no *.jsonl.gz of that kind in " + folder);
    }
    List<String> texts = new ArrayList<>();
    for (Path file : files) {
      try (var lines =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          JsonNode text = JSON.readTree(line).path("text");
          texts.add(text.asText());
        }
      }
    }
    return texts;
  }
}
