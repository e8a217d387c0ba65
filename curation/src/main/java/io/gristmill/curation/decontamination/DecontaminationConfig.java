package io.gristmill.curation.decontamination;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Against which evaluation sets documents are checked, and how much of an item is too much.
 *
 * <p>As in deduplication a Chinese word has about two characters: n-grams of 10 characters and of 5
 * words ask for equally long evidence. docs/decontamination.md has the measurements behind the
 * usual values.
 *
 * @param evaluations the sets; none: nothing is checked
 * @param ngramCharacters characters in an n-gram of an unspaced script
 * @param ngramWords words in an n-gram of a spaced script
 * @param overlap least share of an item's n-grams that contaminates a document
 * @param aloneWords words from which a question contaminates without its answer; of an unspaced
 *     script as many characters as outweigh them
 */
public record DecontaminationConfig(
    List<EvaluationConfig> evaluations,
    int ngramCharacters,
    int ngramWords,
    double overlap,
    int aloneWords)
    implements Serializable {
  public DecontaminationConfig {
    evaluations = List.copyOf(evaluations);
    atLeastOne("decontamination.ngram-characters", ngramCharacters, 10);
    atLeastOne("decontamination.ngram-words", ngramWords, 5);
    if (!(overlap > 0 && overlap <= 1)) {
      throw new IllegalArgumentException(
          "decontamination.overlap is %s, must be above 0 and at most 1; 0.7 is usual"
              .formatted(overlap));
    }
    if (aloneWords < ngramWords) {
      throw new IllegalArgumentException(
          "decontamination.alone-words is %d, must be at least ngram-words, %d; 20 is usual"
              .formatted(aloneWords, ngramWords));
    }
    Set<String> names = new HashSet<>();
    for (EvaluationConfig evaluation : evaluations) {
      if (!names.add(evaluation.name())) {
        throw new IllegalArgumentException(
            "decontamination.evaluations has two sets of the name %s, must tell them apart; give one of them another name"
                .formatted(evaluation.name()));
      }
    }
  }

  /** Nothing is checked. */
  public static DecontaminationConfig none() {
    return of(List.of());
  }

  /** Some sets with the usual thresholds. */
  public static DecontaminationConfig of(List<EvaluationConfig> evaluations) {
    return new DecontaminationConfig(evaluations, 10, 5, 0.7, 20);
  }

  /** Whether there is anything to check. */
  public boolean on() {
    return !evaluations.isEmpty();
  }

  private static void atLeastOne(String key, int value, int usual) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s is %d, must be at least 1; %d is usual".formatted(key, value, usual));
    }
  }
}
