package io.gristmill.curation.filter;

import io.gristmill.curation.language.Language;

/**
 * Takes parts out of a document's text before anything is measured of it: lines of menus, notices.
 * A pure function of its arguments.
 */
public interface TextEdit {
  /**
   * What stays of a text, and how many code points went for which reason.
   *
   * @param language what the text was found to be in as it came
   */
  Edited edit(String text, Language language);
}
