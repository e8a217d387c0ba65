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

  private final List<String> languages;
  private final long[] keys;
  private final int[] runs;
  private final int[] starts;
  private final byte[] concerned;
  private final double[] weights;

  /**
   * The weights that {@code model} gives to {@code languages}, which are named as it names them.
   */
  LanguageModel(AbstractModel model, Set<String> languages) {
    this.languages = languages.stream().sorted().toList();
    Map<String, Context> features = features(model, this.languages);
    keys = new long[4 * Integer.highestOneBit(features.size())];
    runs = new int[keys.length];
    starts = new int[features.size() + 1];
    int size = features.values().stream().mapToInt(c -> c.getParameters().length).sum();
    concerned = new byte[size];
    weights = new double[size];
    int run = 0;
    int at = 0;
    for (var feature : features.entrySet()) {
      int slot = slot(key(feature.getKey()));
      keys[slot] = key(feature.getKey());
      runs[slot] = run;
      starts[run++] = at;
      Context context = feature.getValue();
      for (int i = 0; i < context.getParameters().length; i++, at++) {
        concerned[at] = (byte) context.getOutcomes()[i];
        weights[at] = context.getParameters()[i];
      }
    }
    starts[run] = at;
  }

  /** The languages in the order of {@link #likelihoods}. */
  List<String> languages() {
    return languages;
  }

  /** How likely each language is, relative to the likeliest, which has 1. */
  double[] likelihoods(CharSequence text) {
    double[] sums = new double[languages.size()];
    long[] seen = new long[(starts.length + Long.SIZE - 1) / Long.SIZE];
    long run = 0;
    for (int at = 0; at < text.length(); at++) {
      run = ((run << Character.SIZE) | Character.toLowerCase(text.charAt(at))) & mask(LONGEST);
      for (int length = 1; length <= Math.min(LONGEST, at + 1); length++) {
        add(run & mask(length), seen, sums);
      }
    }
    double greatest = Arrays.stream(sums).max().orElse(0);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = StrictMath.exp(sums[i] - greatest);
    }
    return sums;
  }

  private void add(long key, long[] seen, double[] sums) {
    int slot = slot(key);
    if (keys[slot] != key) {
      return;
    }
    int run = runs[slot];
    if ((seen[run / Long.SIZE] & (1L << run)) != 0) {
      return;
    }
    seen[run / Long.SIZE] |= 1L << run;
    for (int at = starts[run]; at < starts[run + 1]; at++) {
      sums[concerned[at]] += weights[at];
    }
  }

  private int slot(long key) {
    long hash = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash >>> 40) & (keys.length - 1);
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
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
