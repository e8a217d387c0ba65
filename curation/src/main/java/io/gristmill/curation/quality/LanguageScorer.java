package io.gristmill.curation.quality;

import io.gristmill.curation.language.Language;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A scorer that is asked of some languages only.
 *
 * @param languages tags; {@code zh} is also {@code zh-Hans} and {@code zh-Hant}
 */
record LanguageScorer(Scorer scorer, List<String> languages) implements Scorer {
  @Override
  public String name() {
    return scorer.name();
  }

  @Override
  public OptionalDouble score(String text, Language language, String url) {
    return languages.stream().anyMatch(named -> Language.isOf(language.tag(), named))
        ? scorer.score(text, language, url)
        : OptionalDouble.empty();
  }
}
