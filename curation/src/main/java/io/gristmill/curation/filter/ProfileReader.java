package io.gristmill.curation.filter;

import io.gristmill.curation.language.AcceptedLanguages;
import io.gristmill.curation.language.Language;
import io.gristmill.curation.line.LineEdits;
import io.gristmill.curation.line.LineEditsReader;
import io.gristmill.curation.lists.ListConfig;
import io.gristmill.curation.lists.ListsReader;
import io.gristmill.curation.yaml.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which keys of a profile's YAML become which rules. */
final class ProfileReader {
  private ProfileReader() {}

  /**
   * Reads a profile.
   *
   * @param file what problems call the file
   * @param scores the names beside those of signals that rules may read
   * @throws io.gristmill.curation.yaml.ConfigurationException with every problem
   */
  static Profile read(String file, String name, String text, Set<String> scores) {
    return Section.read(file, text, List.of(), root -> profile(root, name, scores));
  }

  private static Profile profile(Section root, String name, Set<String> scores) {
    root.require("rules");
    LineEdits lines = LineEditsReader.read(root.section("lines"));
    List<ListConfig> lists = ListsReader.read(root, taken(scores));
    Set<String> values = new TreeSet<>(scores);
    values.addAll(lines.values());
    lists.forEach(list -> values.addAll(list.values()));
    return new Profile(name, rules(root.section("rules"), values), lines, lists);
  }

  private static Set<String> taken(Set<String> scores) {
    Set<String> taken = new TreeSet<>(Signals.names());
    taken.addAll(scores);
    return taken;
  }

  private static Map<String, List<Rule>> rules(Section section, Set<String> scores) {
    Map<String, List<Rule>> rules = new LinkedHashMap<>();
    for (String language : section.keys()) {
      if (!language.equals(Language.ANY) && !AcceptedLanguages.known(language)) {
        section.refuse(
            language,
            "is no language that documents are found to be in; en, zh, zh-Hant, yue and other codes of ISO 639 are, and \"*\" is for all others");
      } else {
        rules.put(
            language,
            section.sections(language).stream()
                .map(rule -> rule(rule, scores))
                .flatMap(Optional::stream)
                .toList());
      }
    }
    return rules;
  }

  private static Optional<Rule> rule(Section section, Set<String> scores) {
    return section.build(
        () -> {
          String signal = section.text("signal");
          String reason = section.text("reason", signal);
          double min = section.number("min", Double.NEGATIVE_INFINITY);
          double max = section.number("max", Double.POSITIVE_INFINITY);
          String source = section.text("source");
          if (!known(signal, scores)) {
            throw new IllegalArgumentException(
                "signal is %s, must be a signal (docs/curation-filters.md), language_score or a value of the configured scores, of lines or of lists (%s)"
                    .formatted(signal, scores.isEmpty() ? "none" : String.join(", ", scores)));
          }
          return new Rule(reason, signal, min, max, source);
        });
  }

  private static boolean known(String name, Set<String> scores) {
    return Signals.names().contains(name)
        || name.equals(Profile.LANGUAGE_SCORE)
        || scores.contains(name);
  }
}
