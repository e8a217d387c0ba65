package io.gristmill.tokenization.quality;

import io.gristmill.tokenization.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is measured of one tokenizer.
 *
 * @param name what the report calls it
 * @param measures by group; {@link #ALL} as domain is all domains of a language together, as
 *     language all languages
 * @param use how its tokens are met in the training text
 */
public record TokenizerQuality(
    String name,
    String sha256,
    int vocabularySize,
    VocabularyMakeup makeup,
    SortedMap<Group, Measures> measures,
    VocabularyUse use) {
  /** In place of a language or a domain: all of them. */
  public static final String ALL = "*";

  public TokenizerQuality {
    measures = new TreeMap<>(measures);
  }

  /**
   * @param tallies what {@link QualityCounting} counted
   * @param index the tokenizer's place in the tallies
   */
  public static TokenizerQuality of(
      String name,
      Tokenizer tokenizer,
      SortedMap<Group, Tally> tallies,
      int index,
      QualityConfig config) {
    var table = new TokenTable(tokenizer);
    var measures = new TreeMap<Group, Measures>();
    unions(tallies).forEach((group, own) -> measures.put(group, Measures.of(own, index, table)));
    return new TokenizerQuality(
        name,
        tokenizer.sha256(),
        tokenizer.vocabularySize(),
        VocabularyMakeup.of(table),
        measures,
        VocabularyUse.of(
            split(tallies, false), index, table, config.underTrainedInSample(), config.listed()));
  }

  /** The measures of one split and language over all domains; of all languages by {@link #ALL}. */
  public Measures measures(boolean heldOut, String language) {
    return measures.get(new Group(heldOut, language, ALL));
  }

  /** The tallies of each group, of each language and of all. */
  static SortedMap<Group, List<Tally>> unions(SortedMap<Group, Tally> tallies) {
    var unions = new TreeMap<Group, List<Tally>>();
    tallies.forEach(
        (group, tally) -> {
          for (Group union :
              List.of(
                  group,
                  new Group(group.heldOut(), group.language(), ALL),
                  new Group(group.heldOut(), ALL, ALL))) {
            unions.computeIfAbsent(union, key -> new ArrayList<>()).add(tally);
          }
        });
    return unions;
  }

  /** The tallies of training or of held-out documents. */
  static SortedMap<Group, Tally> split(SortedMap<Group, Tally> tallies, boolean heldOut) {
    var split = new TreeMap<Group, Tally>();
    tallies.forEach(
        (group, tally) -> {
          if (group.heldOut() == heldOut) {
            split.put(group, tally);
          }
        });
    return split;
  }
}
