package io.gristmill.jobs.ablation;

import io.gristmill.mixing.mixture.Weight;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Sums held-out losses up: a line of the mixture by the tokens of its groups. */
final class LineLosses {
  private final List<List<ShardGroup>> groups;

  /**
   * @param needed whether the loss of a line, by its place, is needed
   * @throws IllegalArgumentException if such a line has no held-out text
   */
  LineLosses(List<Weight> lines, IntPredicate needed, ShardIndex index) {
    this.groups = new ArrayList<>();
    lines.forEach(line -> groups.add(new ArrayList<>()));
    for (ShardGroup group : index.groups(Split.VALIDATION)) {
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).takes(group.mixtureDomain(), group.language())) {
          groups.get(i).add(group);
          break;
        }
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      if (groups.get(i).isEmpty() && needed.test(i)) {
        throw new IllegalArgumentException(
            "mixture.weights: %s has no held-out documents, so nothing tells what it learns; raise shards.validation-fraction (held out are: %s)"
                .formatted(lines.get(i).label(), index.labels(Split.VALIDATION)));
      }
    }
  }

  /** The loss of each line at one point of a training; NaN without held-out text. */
  List<Double> of(TrainingMeasures.At at) {
    return groups.stream().map(own -> loss(own, at)).toList();
  }

  /** How many held-out tokens the loss of each line rests on. */
  List<Long> tokens(TrainingMeasures.At at) {
    return groups.stream()
        .map(own -> own.stream().mapToLong(group -> measured(group, at).tokens()).sum())
        .toList();
  }

  private static double loss(List<ShardGroup> groups, TrainingMeasures.At at) {
    double nats = 0;
    long tokens = 0;
    for (ShardGroup group : groups) {
      TrainingMeasures.Group measured = measured(group, at);
      nats += measured.natsPerToken() * measured.tokens();
      tokens += measured.tokens();
    }
    return nats / tokens;
  }

  private static TrainingMeasures.Group measured(ShardGroup group, TrainingMeasures.At at) {
    return at.groups().stream()
        .filter(
            own -> own.domain().equals(group.domain()) && own.language().equals(group.language()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no held-out loss of %s after step %d".formatted(group.label(), at.step())));
  }
}
