package io.gristmill.curation.quality;

import io.gristmill.curation.language.Language;
import java.util.OptionalDouble;

/**
 * Gives documents a number that the rules of a profile may read as they read signals. The number is
 * a pure function of the arguments: the same on every machine and in whatever order documents come.
 * A task makes one of its own, so that none is asked from two threads at once.
 */
public interface Scorer {
  /** The name in the column {@code scores} and in rules; not that of a signal. */
  String name();

  /**
   * The score of a document, or nothing where this scorer has none to give, such as in a language
   * that its model does not know; rules that read it then let the document pass.
   *
   * @param text the edited text that signals are measured of, before personal data is replaced
   * @param language what it was found to be in
   * @param url of the page; empty where the source has none
   */
  OptionalDouble score(String text, Language language, String url);
}
