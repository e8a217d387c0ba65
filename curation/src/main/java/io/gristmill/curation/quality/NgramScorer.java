package io.gristmill.curation.quality;

import io.gristmill.curation.language.Language;
import io.gristmill.curation.quality.ngram.NgramModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What our n-gram models say, each of documents in its own language. */
final class NgramScorer implements Scorer {
  private static final double HEAD = 30;
  private static final double MIDDLE = 60;

  private final String name;
  private final Map<String, NgramModel> models = new TreeMap<>();
  private final Map<String, NgramModel.Scoring> scorings = new TreeMap<>();
  private final Gives gives;

  /** What becomes of a perplexity. */
  enum Gives {
    PERPLEXITY,
    PERCENTILE,
    BUCKET;

    static Gives named(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  private NgramScorer(String name, List<NgramModel> models, Gives gives) {
    this.name = name;
    this.gives = gives;
    for (NgramModel model : models) {
      this.models.put(model.language(), model);
      this.scorings.put(model.language(), model.scoring());
    }
  }

  /**
   * @throws IllegalArgumentException if there is no model, or one is damaged
   */
  static NgramScorer open(ScoreOptions options, Configuration hadoop) {
    Gives gives =
        Gives.named(
            options.oneOf("gives", "perplexity", List.of("perplexity", "percentile", "bucket")));
    var models = new ArrayList<NgramModel>();
    for (Path file : files(options, hadoop)) {
      models.add(LoadedModels.of(file, hadoop, NgramModel.class, NgramModel::read));
    }
    return new NgramScorer(options.name(), models, gives);
  }

  private static List<Path> files(ScoreOptions options, Configuration hadoop) {
    Path path = options.path("path");
    try {
      FileSystem system = path.getFileSystem(hadoop);
      if (!system.exists(path) || !system.getFileStatus(path).isDirectory()) {
        return List.of(path);
      }
      var files = new ArrayList<Path>();
      for (FileStatus status : system.listStatus(path)) {
        if (status.getPath().getName().endsWith(NgramModel.SUFFIX)) {
          files.add(status.getPath());
        }
      }
      if (files.isEmpty()) {
        throw options.wrong(
            "path is %s, a folder without a *%s; train-perplexity makes them"
                .formatted(path, NgramModel.SUFFIX));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list %s".formatted(path), e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public OptionalDouble score(String text, Language language, String url) {
    NgramModel model = models.get(language.tag());
    if (model == null) {
      return OptionalDouble.empty();
    }
    OptionalDouble perplexity = scorings.get(language.tag()).perplexity(text);
    if (perplexity.isEmpty() || gives == Gives.PERPLEXITY) {
      return perplexity;
    }
    double percentile = model.percentile(perplexity.getAsDouble());
    return OptionalDouble.of(gives == Gives.PERCENTILE ? percentile : bucket(percentile));
  }

  /** CCNet's: 0 head, 1 middle, 2 tail. */
  private static double bucket(double percentile) {
    return percentile < HEAD ? 0 : percentile < MIDDLE ? 1 : 2;
  }
}
