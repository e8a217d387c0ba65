package io.gristmill.tokenization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Real bilingual text that is not part of the project; what needs it is skipped without it. */
public final class SharedData {
  /** The text files of both languages and of program source. */
  public static final List<String> TEXT_FILES =
      List.of(
          "cmdhelp.en",
          "cmdhelp.zh",
          "code",
          "docs-msft.en",
          "docs-msft.zh",
          "docs-paddle.en",
          "docs-paddle.zh",
          "docs-tidb.en",
          "docs-tidb.zh",
          "docs-web.en",
          "docs-web.zh",
          "encyclopedia.en",
          "encyclopedia.zh",
          "literature.en",
          "literature.zh",
          "news-blog.en",
          "poetry.zh",
          "standards.en",
          "tech-articles.en",
          "tech-articles.zh",
          "tutorial.zh",
          "wiki-cs.zh");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SharedData() {}

  /** The folder of the data, or the test that asks is skipped. */
  public static Path root() {
    Path root = Path.of(System.getProperty("tests.shared", "/nowhere"), "data");
    assumeTrue(Files.isDirectory(root), "tokenization: no shared data at " + root + ", skipped");
    return root;
  }

  /** Texts of one file, from its beginning, until they exceed {@code bytes}. */
  public static List<String> texts(String file, long bytes) throws IOException {
    List<String> texts = new ArrayList<>();
    long length = 0;
    try (var lines = lines(root().resolve("text/" + file + ".jsonl.gz"))) {
      for (String line = lines.readLine();
          line != null && length < bytes;
          line = lines.readLine()) {
        String text = MAPPER.readTree(line).path("text").textValue();
        texts.add(text);
        length += text.getBytes(UTF_8).length;
      }
    }
    return texts;
  }

  /** A gzip file as text. */
  public static BufferedReader lines(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8));
  }
}
