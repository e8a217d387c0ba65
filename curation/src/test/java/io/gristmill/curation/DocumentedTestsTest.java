package io.gristmill.curation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that docs/ names are there: a claim that a test proves ends with the test. */
class DocumentedTestsTest {
  private static final Path ROOT = Path.of(System.getProperty("tests.root"));
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");
  private static final Pattern BUG = Pattern.compile("^\\| (?!bug \\||-)(.+) \\| (.+) \\|$");

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Map<String, String> tests = tests();
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (Path page : files(ROOT.resolve("docs"), ".md")) {
      Matcher test = NAMED.matcher(Files.readString(page));
      while (test.find()) {
        named++;
        String source = tests.getOrDefault(test.group(1), "");
        if (source.isEmpty() || (test.group(2) != null && !isTest(source, test.group(2)))) {
          missing.add(page.getFileName() + ": " + test.group());
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(80);
  }

  @Test
  void everyBugOfAPeerHasItsTest() throws IOException {
    List<Matcher> rows =
        Files.readAllLines(ROOT.resolve("docs/peer-bugs.md")).stream()
            .map(BUG::matcher)
            .filter(Matcher::matches)
            .toList();
    assertThat(rows).hasSizeGreaterThan(60);
    assertThat(rows)
        .allSatisfy(
            row -> assertThat(NAMED.matcher(row.group(2)).find()).as(row.group(1)).isTrue());
  }

  /** Whether a class has a test method of the name: one with an annotation that JUnit runs. */
  private static boolean isTest(String source, String method) {
    return Pattern.compile(
            "@(?:Test|ParameterizedTest|TestFactory)\\b(?:(?!\\n  }\\n).)*?\\n  (?:static )?[\\w<>]+ "
                + method
                + "\\(",
            Pattern.DOTALL)
        .matcher(source)
        .find();
  }

  private static Map<String, String> tests() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.toList()) {
        for (Path file : files(module.resolve("src/test/java"), "Test.java")) {
          sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    return sources;
  }

  private static List<Path> files(Path folder, String end) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }
}
