package io.gristmill.curation.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.curation.charset.Decoding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Pages with the text that should be extracted from them, in the folder of the shared data. */
public final class ExtractionPages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern REFERENCE =
      Pattern.compile(">{5,}tests/(\\w+)/(\\w+)\\.html>{5,}\\s*(\\{.*?\\n})", Pattern.DOTALL);

  private ExtractionPages() {}

  /**
   * @param id set and name, as {@code aeb/042bb7b5}
   * @param html decoded
   */
  public record Page(String id, String language, String html, String truth) {
    ExtractionScore score() {
      boolean characters = Set.of("zh", "ja").contains(language);
      return ExtractionScore.of(truth, extracted(), characters);
    }

    String extracted() {
      return Extraction.extract(html, "", ExtractionMode.ARTICLE).text();
    }

    /** One half of the pages, by the last bit of the first byte of the id's SHA-256. */
    boolean isHeldOut() {
      try {
        return (MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8))[0] & 1) == 1;
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  /** The pages of a set whose truth people wrote, or checked: {@code aeb}, {@code readability}. */
  public static List<Page> of(Path data, String set) throws IOException {
    List<Page> pages = new ArrayList<>();
    Path truth = data.resolve("eval/extraction-groundtruth.jsonl.gz");
    try (var lines = new BufferedReader(new InputStreamReader(unzip(truth), UTF_8))) {
      for (String line : (Iterable<String>) lines.lines()::iterator) {
        JsonNode page = JSON.readTree(line);
        String id = page.get("id").textValue();
        if (id.startsWith(set + "/")) {
          String html = html(data.resolve(page.get("file").textValue()));
          pages.add(new Page(id, page.get("lang").textValue(), html, page.get("text").textValue()));
        }
      }
    }
    return pages;
  }

  /** Chinese news pages with what another extractor found on them, which is no truth. */
  public static List<Page> ofGne(Path data) throws IOException {
    List<Page> pages = new ArrayList<>();
    Path folder = data.resolve("html/gne");
    String references;
    try (InputStream file = unzip(folder.resolve("reference-output-result.txt.gz"))) {
      references = new String(file.readAllBytes(), UTF_8);
    }
    Matcher reference = REFERENCE.matcher(references);
    while (reference.find()) {
      String name = reference.group(1) + "-" + reference.group(2);
      Path file = folder.resolve(name + ".html.gz");
      String text = JSON.readTree(reference.group(3)).path("content").asText();
      if (Files.exists(file)) {
        pages.add(new Page("gne/" + name, "zh", html(file), text));
      }
    }
    return pages;
  }

  private static String html(Path file) throws IOException {
    try (InputStream in = unzip(file)) {
      return Decoding.decode(in.readAllBytes(), "").text();
    }
  }

  private static InputStream unzip(Path file) throws IOException {
    return new GZIPInputStream(Files.newInputStream(file));
  }
}
