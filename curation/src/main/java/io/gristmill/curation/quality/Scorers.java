package io.gristmill.curation.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The scorers that a configuration names; {@link SqlScores} gives those of kind sql. */
public final class Scorers {
  private static final List<String> FILES = List.of("path", "pieces");

  private Scorers() {}

  /**
   * Makes them, in the order of the configuration; each task has its own.
   *
   * @throws IllegalArgumentException if one cannot be made: its model is absent or damaged, or an
   *     option is wrong
   */
  public static List<Scorer> open(List<ScoreConfig> scores, Configuration hadoop) {
    return scores.stream().map(score -> open(score, hadoop)).flatMap(Optional::stream).toList();
  }

  /** What tells whether a model's files changed, a line each. */
  public static String files(List<ScoreConfig> scores, Configuration hadoop) {
    var lines = new StringBuilder();
    for (ScoreConfig score : scores) {
      for (String option : FILES) {
        String path = score.options().getOrDefault(option, "");
        if (!path.isEmpty()) {
          statuses(new Path(path), hadoop)
              .forEach(
                  status ->
                      lines.append(
                          "%s %d %d%n"
                              .formatted(
                                  status.getPath(),
                                  status.getLen(),
                                  status.getModificationTime())));
        }
      }
    }
    return lines.toString();
  }

  private static Optional<Scorer> open(ScoreConfig score, Configuration hadoop) {
    if (score.kind().equals(SqlScores.KIND)) {
      return Optional.empty();
    }
    var options = new ScoreOptions(score);
    Scorer scorer =
        switch (score.kind()) {
          case "class-path" -> onClassPath(score);
          case "classifier" -> ClassifierScorer.open(options, hadoop);
          case "fasttext" -> FastTextScorer.open(options, hadoop);
          case "kenlm" -> KenLmScorer.open(options, hadoop);
          case "ngram" -> NgramScorer.open(options, hadoop);
          default -> throw new IllegalStateException("kind %s".formatted(score.kind()));
        };
    List<String> languages = options.languages();
    options.end();
    return Optional.of(languages.isEmpty() ? scorer : new LanguageScorer(scorer, languages));
  }

  private static Scorer onClassPath(ScoreConfig score) {
    List<Scorer> found =
        ServiceLoader.load(Scorer.class, Thread.currentThread().getContextClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    return found.stream()
        .filter(scorer -> scorer.name().equals(score.name()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "score %s: no scorer on the class path is called so; found are: %s; name the jar by --jars, and the class in its META-INF/services/%s"
                        .formatted(
                            score.name(),
                            found.isEmpty()
                                ? "none"
                                : found.stream()
                                    .map(Scorer::name)
                                    .collect(Collectors.joining(", ")),
                            Scorer.class.getName())));
  }

  private static List<FileStatus> statuses(Path path, Configuration hadoop) {
    try {
      FileSystem files = path.getFileSystem(hadoop);
      return files.exists(path) ? List.of(files.listStatus(path)) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list %s".formatted(path), e);
    }
  }
}
