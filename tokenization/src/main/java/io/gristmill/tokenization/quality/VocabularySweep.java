package io.gristmill.tokenization.quality;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** One BPE at several vocabulary sizes: its first merges are a smaller BPE of the same training. */
public final class VocabularySweep {
  private static final int STEPS = 6;

  private VocabularySweep() {}

  /**
   * Seven sizes in equal ratios up to the largest, from 1/16 of it: wide enough to choose from, and
   * narrow enough for one curve. A tiny tokenizer's begin with what it has without merges.
   */
  public static List<Integer> sizes(BpeTokenizer largest) {
    double most = largest.vocabularySize();
    double least = Math.max(most / 16, largest.unmergedSize());
    var sizes = new TreeSet<Integer>();
    for (int step = 0; step <= STEPS; step++) {
      sizes.add((int) Math.round(least * Math.pow(most / least, (double) step / STEPS)));
    }
    return List.copyOf(sizes);
  }

  /**
   * The tokenizers of those sizes.
   *
   * @throws IllegalArgumentException if a size is beyond the largest, or leaves no room for the
   *     bytes
   */
  public static List<Tokenizer> prefixes(BpeTokenizer largest, Collection<Integer> sizes) {
    var prefixes = new ArrayList<Tokenizer>();
    for (int size : new TreeSet<>(sizes)) {
      if (size < largest.unmergedSize() || size > largest.vocabularySize()) {
        throw new IllegalArgumentException(
            "--sweep has %,d tokens, must be %,d (no merge) to %,d (all that the text gives)"
                .formatted(size, largest.unmergedSize(), largest.vocabularySize()));
      }
      prefixes.add(largest.prefix(size));
    }
    return prefixes;
  }

  /**
   * The measures of each size.
   *
   * @param tallies of the prefixes, in their order
   * @param heldOut whether compression is measured on the held-out documents; use always is on
   *     those of training
   */
  public static List<SizeQuality> measure(
      List<Tokenizer> prefixes,
      SortedMap<Group, Tally> tallies,
      boolean heldOut,
      QualityConfig config) {
    var measured = new ArrayList<SizeQuality>();
    SortedMap<Group, Tally> training = TokenizerQuality.split(tallies, false);
    for (int i = 0; i < prefixes.size(); i++) {
      int index = i;
      var table = new TokenTable(prefixes.get(i));
      var languages = new TreeMap<String, Measures>();
      TokenizerQuality.unions(TokenizerQuality.split(tallies, heldOut))
          .forEach(
              (group, own) -> {
                if (group.domain().equals(TokenizerQuality.ALL)) {
                  languages.put(group.language(), Measures.of(own, index, table));
                }
              });
      VocabularyUse use =
          VocabularyUse.of(training, index, table, config.underTrainedInSample(), 0);
      measured.add(
          new SizeQuality(
              table.size(), languages, use.encodable(), use.unused(), use.underTrained()));
    }
    return measured;
  }
}
