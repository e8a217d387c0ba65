package io.gristmill.curation.quality;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The scorers that a configuration names. */
public final class Scorers {
  private Scorers() {}

  /**
   * Makes them, in the order of the configuration; each task has its own.
   *
   * @throws IllegalArgumentException if one cannot be made
   */
  public static List<Scorer> open(List<ScoreConfig> scores) {
    return scores.stream().map(Scorers::open).toList();
  }

  private static Scorer open(ScoreConfig score) {
    List<Scorer> found =
        ServiceLoader.load(Scorer.class).stream().map(ServiceLoader.Provider::get).toList();
    return found.stream()
        .filter(scorer -> scorer.name().equals(score.name()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no scorer on the class path is called %s; found are %s; name the jar by --jars, and the class in its META-INF/services/%s"
                        .formatted(
                            score.name(),
                            found.stream().map(Scorer::name).collect(Collectors.joining(", ")),
                            Scorer.class.getName())));
  }
}
