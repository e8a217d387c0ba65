package io.gristmill.trainer.evaluation;

import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.packing.ValidationSequences;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardReader;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scores a bigram model per language on the held-out documents: the bar for the trained model. */
public final class BigramBaseline {
  private static final int CHUNK = 1 << 16;

  private BigramBaseline() {}

  /**
   * For every language of the mixture, a bigram model of each of its training tokens once, scored
   * on every held-out group of that language.
   *
   * @param tokensPerGroup at most this many tokens of a group are scored, whole windows from its
   *     beginning; 0 for all
   * @param byteLengths bytes of text that each token id stands for
   * @return sorted by language and domain; groups of languages that the mixture does not train on
   *     are left out
   */
  public static List<GroupLoss> losses(
      Mixture mixture, Shards shards, long tokensPerGroup, int[] byteLengths) throws IOException {
    List<GroupLoss> losses = new ArrayList<>();
    try (ValidationSequences validation =
        ValidationSequences.open(shards, mixture.sequenceLength())) {
      List<ShardGroup> groups = validation.groups();
      for (String language :
          groups.stream().map(ShardGroup::language).distinct().sorted().toList()) {
        List<ShardGroup> training = training(mixture, shards, language);
        if (!training.isEmpty()) {
          BigramModel model = model(training, shards);
          for (int g = 0; g < groups.size(); g++) {
            if (groups.get(g).language().equals(language)) {
              long windows = windows(validation.count(g), mixture.sequenceLength(), tokensPerGroup);
              losses.add(
                  score(model, validation, g, windows, mixture.sequenceLength(), byteLengths));
            }
          }
        }
      }
    }
    return losses;
  }

  /** One loss per language: the sums over its domains, in the order of the first. */
  public static List<GroupLoss> byLanguage(List<GroupLoss> losses) {
    Map<String, GroupLoss> sums = new LinkedHashMap<>();
    losses.forEach(loss -> sums.merge(loss.language(), loss, GroupLoss::plus));
    return List.copyOf(sums.values());
  }

  private static long windows(long all, int sequenceLength, long tokensPerGroup) {
    return tokensPerGroup == 0
        ? all
        : Math.min(all, Math.ceilDiv(tokensPerGroup, (long) sequenceLength));
  }

  private static List<ShardGroup> training(Mixture mixture, Shards shards, String language) {
    return mixture.components().stream()
        .filter(Mixture.Component::used)
        .flatMap(component -> component.groups().stream())
        .filter(group -> group.language().equals(language))
        .map(group -> shards.index().group(Split.TRAIN, group.domain(), language))
        .toList();
  }

  private static BigramModel model(List<ShardGroup> groups, Shards shards) throws IOException {
    BigramModel model = new BigramModel(shards.index().vocabularySize());
    int[] window = new int[CHUNK + 1];
    for (ShardGroup group : groups) {
      window[0] = shards.index().endOfText();
      try (ShardReader reader = shards.reader(group)) {
        for (long position = 0; position < reader.tokens(); position += CHUNK) {
          int targets = (int) Math.min(CHUNK, reader.tokens() - position);
          reader.read(position, window, 1, targets);
          model.observe(window, targets);
          window[0] = window[targets];
        }
      }
    }
    return model;
  }

  private static GroupLoss score(
      BigramModel model,
      ValidationSequences validation,
      int group,
      long windows,
      int sequenceLength,
      int[] byteLengths)
      throws IOException {
    ShardGroup held = validation.groups().get(group);
    int[] window = new int[sequenceLength + 1];
    double nats = 0;
    long tokens = 0;
    long bytes = 0;
    for (long w = 0; w < windows; w++) {
      int targets = validation.read(group, w, window);
      nats += model.nats(window, targets);
      tokens += targets;
      for (int t = 1; t <= targets; t++) {
        bytes += byteLengths[window[t]];
      }
    }
    return new GroupLoss(held.domain(), held.language(), nats, tokens, bytes);
  }
}
