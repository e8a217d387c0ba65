package io.gristmill.curation.decontamination;

import io.gristmill.curation.decontamination.Checkability.Unchecked;
import io.gristmill.curation.dedup.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decides what is the evidence of each item. */
final class EvidenceReader {
  /** Words around an anchor in which an answer belongs to it, as decon (AllenAI) has 50 tokens. */
  private static final long NEAR_WORDS = 50;

  private final NGrams ngrams;
  private final CommonGrams common;
  private final double overlap;
  private final long aloneWeight;

  EvidenceReader(DecontaminationConfig config, CommonGrams common) {
    this.ngrams = NGrams.of(config);
    this.common = common;
    this.overlap = config.overlap();
    this.aloneWeight = (long) config.aloneWords() * config.ngramCharacters();
  }

  Checkability of(EvaluationItem item) {
    Tokens question = tokens(item.question());
    List<Tokens> options = tokens(item.options());
    int[] grams = Part.grams(question, ngrams);
    if (checkable(grams)) {
      return byQuestion(question, grams, options, tokens(item.answers()));
    }
    return byOptions(question, options, grams.length > 0);
  }

  private Checkability byQuestion(
      Tokens question, int[] grams, List<Tokens> options, List<Tokens> answers) {
    boolean alone =
        ngrams.weight(question) >= aloneWeight && 2 * common.telling(grams) >= grams.length;
    List<Part> any = parts(answers);
    List<Part> half = parts(options);
    if (!alone && any.isEmpty() && half.isEmpty()) {
      return Unchecked.NO_ANSWER;
    }
    return new Evidence(
        grams, question.count(), alone, near(question, options, answers), any, half);
  }

  private Checkability byOptions(Tokens question, List<Tokens> options, boolean formulaic) {
    List<Tokens> longer =
        options.stream().filter(option -> Part.grams(option, ngrams).length > 0).toList();
    int[] grams =
        Part.distinct(
            longer.stream()
                .flatMapToInt(option -> Arrays.stream(Part.grams(option, ngrams)))
                .toArray());
    long weight = longer.stream().mapToLong(ngrams::weight).sum();
    if (weight < aloneWeight || !checkable(grams)) {
      return formulaic || weight >= aloneWeight ? Unchecked.FORMULAIC : Unchecked.TOO_SHORT;
    }
    int tokens = longer.stream().mapToInt(Tokens::count).sum();
    List<Part> any = parts(List.of(question));
    int near = near(longer.getFirst(), List.of(question), List.of());
    return new Evidence(grams, tokens, any.isEmpty(), near, any, List.of());
  }

  /** Whether whatever has enough of some n-grams has one that tells which item they are of. */
  private boolean checkable(int[] grams) {
    return grams.length > 0
        && common.telling(grams) > grams.length - Evidence.needed(grams.length, overlap);
  }

  /** A text lighter than a word, such as one character, stands beside any question. */
  private List<Part> parts(List<Tokens> texts) {
    return texts.stream()
        .filter(text -> ngrams.weight(text) >= ngrams.characters())
        .map(text -> Part.of(text, ngrams))
        .toList();
  }

  /** In tokens of the anchor's script, and room for all options or the longest answer. */
  private int near(Tokens anchor, List<Tokens> options, List<Tokens> answers) {
    long mean = Math.max(1, ngrams.weight(anchor) / anchor.count());
    int all = options.stream().mapToInt(Tokens::count).sum();
    int longest = answers.stream().mapToInt(Tokens::count).max().orElse(0);
    return Math.toIntExact(NEAR_WORDS * ngrams.characters() / mean) + 2 * Math.max(all, longest);
  }

  private static List<Tokens> tokens(List<String> texts) {
    List<Tokens> tokens = new ArrayList<>();
    texts.forEach(text -> tokens.add(tokens(text)));
    return tokens;
  }

  private static Tokens tokens(String text) {
    return Tokens.of(text);
  }
}
