package io.gristmill.curation.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;

/**
 * The part of OpenNLP's maximum-entropy model that concerns some languages, in flat arrays. A
 * feature is a run of one to three lower-case characters that occurs in the text, once or more; the
 * likelihood of a language is the exponential of the sum of the weights that it gives to them.
 */
final class LanguageModel {
  private static final int LONGEST = 3;

  /** Bits below the binary point of a weight: they are within 16 of 0. */
  private static final int FRACTION = 19;

  private static final int LANGUAGE_BITS = 8;

  private final List<String> languages;

  /**
   * Pairs of a run and where its row in {@link #rows} begins, so that both are in one line of
   * cache.
   */
  private final long[] table;

  private final int features;

  /**
   * Of each run its number, the length of its row, and what it gives to each language: the weight
   * above, the language below. Whole numbers have one sum, in whatever order they are added.
   */
  private final int[] rows;

  /**
   * The weights that {@code model} gives to {@code languages}, which are named as it names them.
   */
  LanguageModel(AbstractModel model, Set<String> languages) {
    this.languages = languages.stream().sorted().toList();
    Map<String, Context> features = features(model, this.languages);
    this.features = features.size();
    table = new long[8 * Integer.highestOneBit(this.features)];
    rows =
        new int
            [features.values().stream()
                .mapToInt(context -> 2 + context.getOutcomes().length)
                .sum()];
    int number = 0;
    int at = 0;
    for (var feature : features.entrySet()) {
      long key = key(feature.getKey());
      int slot = slot(key);
      table[slot] = key;
      table[slot + 1] = at;
      Context context = feature.getValue();
      rows[at++] = number++;
      rows[at++] = context.getOutcomes().length;
      for (int i = 0; i < context.getOutcomes().length; i++) {
        rows[at++] = entry(context.getOutcomes()[i], context.getParameters()[i]);
      }
    }
  }

  private static int entry(int language, double weight) {
    long fixed = Math.round(weight * (1 << FRACTION));
    if ((int) (fixed << LANGUAGE_BITS) >> LANGUAGE_BITS != fixed) {
      throw new IllegalStateException("the language model has a weight of %s".formatted(weight));
    }
    return ((int) fixed << LANGUAGE_BITS) | language;
  }

  /** The languages in the order of {@link #likelihoods}. */
  List<String> languages() {
    return languages;
  }

  /** How likely each language is, relative to the likeliest, which has 1. */
  double[] likelihoods(CharSequence text) {
    long[] sums = new long[languages.size()];
    long[] seen = new long[(features + Long.SIZE - 1) / Long.SIZE];
    long run = 0;
    for (int at = 0; at < text.length(); at++) {
      run = ((run << Character.SIZE) | Character.toLowerCase(text.charAt(at))) & mask(LONGEST);
      for (int length = 1; length <= Math.min(LONGEST, at + 1); length++) {
        add(run & mask(length), seen, sums);
      }
    }
    long greatest = Arrays.stream(sums).max().orElse(0);
    return Arrays.stream(sums)
        .mapToDouble(sum -> StrictMath.exp((double) (sum - greatest) / (1 << FRACTION)))
        .toArray();
  }

  private void add(long key, long[] seen, long[] sums) {
    int slot = slot(key);
    if (table[slot] != key) {
      return;
    }
    int row = (int) table[slot + 1];
    int number = rows[row];
    if ((seen[number / Long.SIZE] & (1L << number)) != 0) {
      return;
    }
    seen[number / Long.SIZE] |= 1L << number;
    int end = row + 2 + rows[row + 1];
    for (int at = row + 2; at < end; at++) {
      sums[rows[at] & ((1 << LANGUAGE_BITS) - 1)] += rows[at] >> LANGUAGE_BITS;
    }
  }

  /** Where a run is in the table, or the empty place where it would be. */
  private int slot(long key) {
    long hash = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash >>> 39) & (table.length - 2);
    while (table[slot] != 0 && table[slot] != key) {
      slot = (slot + 2) & (table.length - 2);
    }
    return slot;
  }

  private static long mask(int characters) {
    return (1L << (characters * Character.SIZE)) - 1;
  }

  private static long key(String run) {
    long key = 0;
    for (int at = 0; at < run.length(); at++) {
      key = (key << Character.SIZE) | run.charAt(at);
    }
    return key;
  }

  /** Runs by their text, with positions among {@code languages} for outcomes. */
  private static Map<String, Context> features(AbstractModel model, List<String> languages) {
    int[] positions = new int[model.getNumOutcomes()];
    for (int outcome = 0; outcome < positions.length; outcome++) {
      positions[outcome] = languages.indexOf(model.getOutcome(outcome));
    }
    Map<String, Context> features = new TreeMap<>();
    for (var feature : ((Map<?, ?>) model.getDataStructures()[1]).entrySet()) {
      String run = (String) feature.getKey();
      Context concerned = concerned((Context) feature.getValue(), positions);
      if (concerned.getParameters().length > 0 && run.length() <= LONGEST) {
        features.put(run, concerned);
      }
    }
    return features;
  }

  private static Context concerned(Context context, int[] positions) {
    List<Integer> outcomes = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (int i = 0; i < context.getOutcomes().length; i++) {
      int position = positions[context.getOutcomes()[i]];
      if (position >= 0) {
        outcomes.add(position);
        weights.add(context.getParameters()[i]);
      }
    }
    return new Context(
        outcomes.stream().mapToInt(Integer::intValue).toArray(),
        weights.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
