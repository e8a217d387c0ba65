package io.gristmill.trainer.training;

import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.trainer.evaluation.GroupLoss;
import io.gristmill.trainer.evaluation.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The held-out loss of each component of a mixture: the mean of the losses of its groups, weighted
 * by the sequences that an epoch has of each. Groups without held-out tokens are left out.
 */
final class ComponentLosses {
  private final List<Mixture.Component> components;

  /**
   * @param heldOut the held-out groups
   * @throws IllegalArgumentException if there are none of a component with a weight
   */
  ComponentLosses(Mixture mixture, List<ShardGroup> heldOut) {
    this.components = mixture.components();
    for (Mixture.Component component : components) {
      boolean measured =
          component.groups().stream()
              .anyMatch(
                  group ->
                      group.sequences() > 0
                          && heldOut.stream()
                              .anyMatch(
                                  held ->
                                      held.tokens() > 0
                                          && held.domain().equals(group.domain())
                                          && held.language().equals(group.language())));
      if (component.used() && !measured) {
        throw new IllegalArgumentException(
            "pretrain.online-mixing: component %s has no held-out tokens to measure its loss on; raise shards.validation-fraction, or put it together with another component"
                .formatted(component.label()));
      }
    }
  }

  /** In nats per token; 0 for a component without a weight. */
  List<Double> of(Validation validation) {
    List<Double> losses = new ArrayList<>();
    for (Mixture.Component component : components) {
      double sum = 0;
      long sequences = 0;
      for (Mixture.Group group : component.groups()) {
        for (GroupLoss loss : validation.groups()) {
          if (loss.tokens() > 0
              && loss.domain().equals(group.domain())
              && loss.language().equals(group.language())) {
            sum += group.sequences() * loss.natsPerToken();
            sequences += group.sequences();
          }
        }
      }
      losses.add(component.used() ? sum / sequences : 0);
    }
    return losses;
  }

  /**
   * The targets in the order of the components; 0 for a component without a weight.
   *
   * @throws IllegalArgumentException if a component has none, or a target no component
   */
  List<Double> targets(List<LossTarget> targets) {
    double[] losses = new double[components.size()];
    for (LossTarget target : targets) {
      int component = component(target);
      if (losses[component] != 0) {
        throw new IllegalArgumentException(
            "pretrain.online-mixing.targets: there are two of %s; remove one"
                .formatted(target.label()));
      }
      losses[component] = target.loss();
    }
    for (int i = 0; i < losses.length; i++) {
      if (components.get(i).used() && losses[i] == 0) {
        throw new IllegalArgumentException(
            "pretrain.online-mixing.targets: component %s has none; give it a loss in nats per token"
                .formatted(components.get(i).label()));
      }
    }
    return Arrays.stream(losses).boxed().toList();
  }

  private int component(LossTarget target) {
    for (int i = 0; i < components.size(); i++) {
      if (components.get(i).label().equals(target.label())) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "pretrain.online-mixing.targets: %s is no component of the mixture; there are: %s"
            .formatted(
                target.label(),
                String.join(", ", components.stream().map(Mixture.Component::label).toList())));
  }
}
