package io.gristmill.curation.quality;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One of the scores that documents are given.
 *
 * @param name in the column {@code scores} and in rules: lower case, digits, {@code _}; not that of
 *     a signal
 * @param kind what gives it, one of {@link #KINDS}
 * @param options what else the kind wants to know: a model's path, a label
 */
public record ScoreConfig(String name, String kind, Map<String, String> options)
    implements Serializable {
  public static final List<String> KINDS =
      List.of("class-path", "classifier", "fasttext", "kenlm", "ngram", "sql");

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  public ScoreConfig {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name is '%s', must begin with a lower-case letter and go on with such letters, digits and _; wiki_perplexity is one"
              .formatted(name));
    }
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException(
          "kind is %s, must be one of %s".formatted(kind, String.join(", ", KINDS)));
    }
  }
}
