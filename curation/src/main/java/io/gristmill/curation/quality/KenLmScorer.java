package io.gristmill.curation.quality;

import io.gristmill.curation.language.Language;
import io.gristmill.curation.quality.ngram.KenLmModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The perplexity that a user's model gives.
 *
 * @param words cuts a line
 */
record KenLmScorer(
    String name,
    KenLmModel.Scoring scoring,
    boolean normalised,
    Function<String, List<String>> words)
    implements Scorer {
  static final List<String> CUTS = List.of("spaces", "words");

  static KenLmScorer open(ScoreOptions options, Configuration hadoop) {
    KenLmModel model =
        LoadedModels.of(options.path("path"), hadoop, KenLmModel.class, KenLmModel::read);
    String pieces = options.text("pieces", "");
    String cut = options.oneOf("cut", "spaces", CUTS);
    String normalised =
        options.oneOf("normalise", pieces.isEmpty() ? "none" : "ccnet", List.of("none", "ccnet"));
    Function<String, List<String>> words;
    if (!pieces.isEmpty()) {
      words = reader(options).read(new Path(pieces), hadoop)::pieces;
    } else if (cut.equals("words")) {
      words = line -> split(WordCut.spaced(line));
    } else {
      words = KenLmScorer::split;
    }
    return new KenLmScorer(options.name(), model.scoring(), normalised.equals("ccnet"), words);
  }

  private static Pieces.Reader reader(ScoreOptions options) {
    Optional<Pieces.Reader> reader = ServiceLoader.load(Pieces.Reader.class).findFirst();
    return reader.orElseThrow(
        () ->
            options.wrong(
                "pieces needs a %s on the class path; the jar of Gristmill's jobs has one"
                    .formatted(Pieces.Reader.class.getName())));
  }

  @Override
  public OptionalDouble score(String text, Language language, String url) {
    String seen = normalised ? CcNetText.of(text) : text;
    return scoring.perplexity(seen.lines().map(words).toList());
  }

  private static List<String> split(String line) {
    return line.isBlank() ? List.of() : Arrays.asList(line.strip().split("\\s+"));
  }
}
