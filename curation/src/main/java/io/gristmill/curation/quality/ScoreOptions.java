package io.gristmill.curation.quality;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;

/** The options of a score as its kind reads them; those that nobody has read are an error. */
final class ScoreOptions {
  private final ScoreConfig score;
  private final Set<String> read = new TreeSet<>();

  ScoreOptions(ScoreConfig score) {
    this.score = score;
  }

  String name() {
    return score.name();
  }

  String required(String option) {
    String value = text(option, "");
    if (value.isBlank()) {
      throw wrong("%s is missing; kind %s needs it".formatted(option, score.kind()));
    }
    return value;
  }

  String text(String option, String usual) {
    read.add(option);
    return score.options().getOrDefault(option, usual);
  }

  String oneOf(String option, String usual, List<String> allowed) {
    String value = text(option, usual);
    if (!allowed.contains(value)) {
      throw wrong(
          "%s is %s, must be one of %s".formatted(option, value, String.join(", ", allowed)));
    }
    return value;
  }

  Path path(String option) {
    return new Path(required(option));
  }

  /** Tags of languages, separated by commas; none for all. */
  List<String> languages() {
    return Arrays.stream(text("languages", "").split(","))
        .map(String::strip)
        .filter(language -> !language.isEmpty())
        .toList();
  }

  /**
   * Says that all options have been read.
   *
   * @throws IllegalArgumentException if there are others
   */
  void end() {
    for (String option : score.options().keySet()) {
      if (!read.contains(option)) {
        throw wrong(
            "%s is no option of kind %s, which has %s"
                .formatted(option, score.kind(), String.join(", ", read)));
      }
    }
  }

  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("score %s: %s".formatted(score.name(), what));
  }
}
