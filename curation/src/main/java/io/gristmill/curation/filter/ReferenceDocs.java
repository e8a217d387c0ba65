package io.gristmill.curation.filter;

import static io.gristmill.curation.filter.Rule.atLeast;
import static io.gristmill.curation.filter.Rule.atMost;

import java.util.List;
import java.util.Map;

/**
 * The rules for API documentation whose descriptions were joined to one text a page. Such pages are
 * lists of short lines, few of which end in a mark, and the same phrases come back by nature; so
 * only the extremes go: pages that say almost nothing, pages that are one phrase again and again,
 * and pages of symbols.
 */
final class ReferenceDocs {
  private static final String OWN = "Gristmill, reference-docs";

  private static final List<Rule> SHAPE =
      List.of(
          atLeast(20, Signal.WORDS, "words", OWN),
          atMost(0.5, Signal.DUPLICATE_LINE_CHARACTER_SHARE, "duplicate_line_characters", OWN),
          atMost(0.4, Signal.TOP_2_GRAM_SHARE, "top_2_gram", OWN),
          atMost(0.6, Signal.DUPLICATE_10_GRAM_SHARE, "duplicate_10_grams", OWN),
          atLeast(0.35, Signal.ALPHABETIC_WORD_SHARE, "alphabetic_words", OWN),
          atMost(0.15, Signal.SYMBOL_SHARE, "symbols", OWN),
          atMost(0.01, Signal.NOISE_SHARE, "noise", OWN),
          atLeast(2.5, Signal.CHARACTER_ENTROPY, "character_entropy", OWN));

  static final Map<String, List<Rule>> RULES = Map.of(Profile.ANY, SHAPE);

  private ReferenceDocs() {}
}
