package io.gristmill.curation.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/curation-profiles.md has every rule of the profiles of the peers, with its bounds. */
class ProfilesPageTest {
  private static final Map<String, List<String>> LANGUAGES = languages();

  @Test
  void theTableIsThatOfTheProfiles() throws IOException {
    Path page = Path.of(System.getProperty("tests.root"), "docs/curation-profiles.md");
    List<String> rows =
        Files.readAllLines(page).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, beforeSource(line)))
            .toList();
    assertThat(rows).containsExactlyElementsOf(expected());
  }

  @Test
  void everyRowNamesItsSourceAndWhatItRejects() throws IOException {
    Path page = Path.of(System.getProperty("tests.root"), "docs/curation-profiles.md");
    assertThat(Files.readAllLines(page))
        .filteredOn(line -> line.startsWith("| `"))
        .allMatch(line -> line.substring(beforeSource(line)).matches(" [^|]+ \\| [^|]+ \\|"));
  }

  private static List<String> expected() {
    Set<List<String>> keys = new LinkedHashSet<>();
    LANGUAGES.forEach(
        (profile, languages) ->
            languages.forEach(language -> rules(profile, language).forEach(r -> keys.add(key(r)))));
    return keys.stream()
        .map(
            key ->
                "| `%s` | `%s` | %s |"
                    .formatted(
                        key.get(0),
                        key.get(1),
                        LANGUAGES.keySet().stream()
                            .map(profile -> cell(profile, key))
                            .collect(Collectors.joining(" | "))))
        .toList();
  }

  private static String cell(String profile, List<String> key) {
    List<String> bounds =
        LANGUAGES.get(profile).stream()
            .map(
                language ->
                    rules(profile, language).stream()
                        .filter(rule -> key(rule).equals(key))
                        .map(ProfilesPageTest::bound)
                        .collect(Collectors.joining(", then ")))
            .map(bound -> bound.isEmpty() ? "–" : bound)
            .toList();
    if (bounds.stream().distinct().count() == 1) {
      return bounds.getFirst().replace("–", "");
    }
    return String.join("; ", bounds);
  }

  private static String bound(Rule rule) {
    if (rule.min() == 1e-9) {
      return "> 0";
    }
    if (rule.max() == Double.POSITIVE_INFINITY) {
      return "≥ " + number(rule.min());
    }
    return rule.min() == Double.NEGATIVE_INFINITY
        ? "≤ " + number(rule.max())
        : number(rule.min()) + " to " + number(rule.max());
  }

  private static String number(double value) {
    String plain = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return plain.startsWith("0.") ? plain.substring(1) : plain;
  }

  private static List<Rule> rules(String profile, String language) {
    return Profiles.named(profile).rules().get(language);
  }

  private static List<String> key(Rule rule) {
    return List.of(rule.reason(), rule.signal());
  }

  /** Where the last two columns begin: what they say is for people. */
  private static int beforeSource(String line) {
    int end = line.lastIndexOf('|');
    return line.lastIndexOf('|', line.lastIndexOf('|', end - 1) - 1) + 1;
  }

  private static Map<String, List<String>> languages() {
    Map<String, List<String>> languages = new LinkedHashMap<>();
    languages.put("gopher", List.of("en", "*"));
    languages.put("refinedweb", List.of("en", "*"));
    languages.put("c4", List.of("en", "*"));
    languages.put("fineweb", List.of("en"));
    languages.put("fineweb2-zh", List.of("zh", "yue"));
    languages.put("map-cc", List.of("zh", "yue"));
    languages.put("code", List.of("*"));
    return languages;
  }
}
