package io.gristmill.tokenization.quality;

import java.util.List;
import java.util.SortedMap;

/**
 * The quality of a run's tokenizer, beside others where asked for, and of other vocabulary sizes.
 *
 * @param heldOut whether compression is read from held-out documents; from those of training where
 *     none is held out
 * @param tokenizers the run's own first
 * @param sweep from the smallest size
 */
public record QualityReport(
    String name,
    QualityConfig config,
    boolean heldOut,
    List<TokenizerQuality> tokenizers,
    List<SizeQuality> sweep,
    VocabularyAdvice advice) {
  public QualityReport {
    tokenizers = List.copyOf(tokenizers);
    sweep = List.copyOf(sweep);
  }

  /** The run's own tokenizer. */
  public TokenizerQuality own() {
    return tokenizers.getFirst();
  }

  /** The languages of the documents that compression is read from. */
  public List<String> languages() {
    return own().measures().keySet().stream()
        .filter(group -> group.heldOut() == heldOut)
        .map(Group::language)
        .filter(language -> !language.equals(TokenizerQuality.ALL))
        .distinct()
        .toList();
  }

  /**
   * Whether compression can be read from held-out documents.
   *
   * @throws IllegalArgumentException if the sample has no document at all
   */
  public static boolean heldOut(SortedMap<Group, Tally> tallies) {
    if (tallies.isEmpty()) {
      throw new IllegalArgumentException("the sample has no document; raise --sample");
    }
    return tallies.keySet().stream().anyMatch(Group::heldOut);
  }
}
