package io.gristmill.curation.line;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.curation.filter.Edited;
import io.gristmill.curation.filter.Profiles;
import io.gristmill.curation.html.Extraction;
import io.gristmill.curation.html.ExtractionMode;
import io.gristmill.curation.language.LanguageIdentifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;

/**
 * How fast a profile's line edits are on one thread, and what they take out: {@code LineSpeed
 * PROFILE FILE.jsonl.gz|FOLDER-OF-HTML.gz ... [--show N]}.
 */
public final class LineSpeed {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PASSES = 5;

  /** Not the clock on the wall, so that other work on the machine does not count. */
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private record Page(String text, String language) {}

  private LineSpeed() {}

  public static void main(String[] args) throws IOException {
    LineEdits edits = Profiles.read(args[0], Set.of(), new Configuration()).lines();
    int show = args[args.length - 2].equals("--show") ? Integer.parseInt(args[args.length - 1]) : 0;
    var editor = new LineEditor(edits);
    System.out.printf(
        Locale.ROOT, "%-28s %6s %9s %8s  removed of characters%n", "text", "pages", "MB", "MB/s");
    for (String name : Arrays.copyOfRange(args, 1, show > 0 ? args.length - 2 : args.length)) {
      List<Page> pages = pages(Path.of(name));
      long bytes = 0;
      long characters = 0;
      Map<String, Long> removed = new TreeMap<>();
      List<String> examples = new ArrayList<>();
      for (Page page : pages) {
        bytes += page.text().getBytes(StandardCharsets.UTF_8).length;
        Edited edited = editor.edit(page.text(), page.language());
        characters += page.text().codePointCount(0, page.text().length());
        edited.removed().forEach((reason, count) -> removed.merge(reason, (long) count, Long::sum));
        if (show > 0) {
          examples.addAll(gone(page.text(), edited.text()));
        }
      }
      double best = Double.MAX_VALUE;
      for (int pass = 0; pass < PASSES; pass++) {
        long start = CPU.getCurrentThreadCpuTime();
        for (Page page : pages) {
          editor.edit(page.text(), page.language());
        }
        best = Math.min(best, (CPU.getCurrentThreadCpuTime() - start) / 1e9);
      }
      var shares = new StringBuilder();
      for (var entry : removed.entrySet()) {
        shares.append(
            String.format(
                Locale.ROOT, "%s %.3f %% ", entry.getKey(), 100.0 * entry.getValue() / characters));
      }
      System.out.printf(
          Locale.ROOT,
          "%-28s %6d %9.2f %8.1f  %s%n",
          Path.of(name).getFileName(),
          pages.size(),
          bytes / 1e6,
          bytes / 1e6 / best,
          shares);
      int step = Math.max(1, examples.size() / Math.max(1, show));
      for (int at = 0; at < examples.size() && show > 0; at += step) {
        System.out.println("    " + examples.get(at));
      }
    }
  }

  /** Lines that are not in the text that stays. */
  private static List<String> gone(String text, String left) {
    List<String> stays = left.lines().toList();
    List<String> gone = new ArrayList<>();
    int next = 0;
    for (String line : text.lines().toList()) {
      if (next < stays.size() && stays.get(next).equals(line)) {
        next++;
      } else if (!line.isBlank()) {
        gone.add(line.strip());
      }
    }
    return gone;
  }

  private static List<Page> pages(Path path) throws IOException {
    List<Page> pages = new ArrayList<>();
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.list(path)) {
        for (Path file : files.filter(f -> f.toString().contains(".html")).sorted().toList()) {
          String html = String.join("\n", lines(file));
          add(pages, Extraction.extract(html, "", ExtractionMode.FULL_TEXT).text());
        }
      }
    } else {
      for (String line : lines(path)) {
        add(pages, JSON.readTree(line).get("text").asText());
      }
    }
    return pages;
  }

  private static void add(List<Page> pages, String text) {
    pages.add(new Page(text, LanguageIdentifier.identify(text).tag()));
  }

  private static List<String> lines(Path file) throws IOException {
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                file.toString().endsWith(".gz")
                    ? new GZIPInputStream(Files.newInputStream(file))
                    : Files.newInputStream(file),
                StandardCharsets.UTF_8))) {
      return in.lines().toList();
    }
  }
}
