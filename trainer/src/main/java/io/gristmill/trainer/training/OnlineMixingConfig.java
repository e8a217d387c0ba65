package io.gristmill.trainer.training;

import io.gristmill.mixing.online.ExponentiatedWeights;
import java.util.List;
import java.util.Locale;

/**
 * Whether and how a run changes the weights of its mixture as it goes.
 *
 * @param method what a component is scored by
 * @param interval steps between changes
 * @param eta what a nat per token adds to the logarithm of a weight
 * @param floor c: no component falls below c / K of K
 * @param targets of dynamic loading, one for each component; none where a reference gives them
 * @param reference a model folder, or the folder of a training, whose last checkpoint is taken;
 *     empty for none
 */
public record OnlineMixingConfig(
    Method method,
    long interval,
    double eta,
    double floor,
    List<LossTarget> targets,
    String reference) {
  /** What the weights follow. */
  public enum Method {
    /** Nothing: the mixture as it is planned. */
    NONE,
    /** The mean over held-out tokens of max(loss - reference loss, 0). */
    DOREMI,
    /** Held-out loss - target. */
    DYNAMIC_LOADING;

    /** As in the YAML. */
    String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public OnlineMixingConfig {
    targets = List.copyOf(targets);
    if (interval < 1) {
      throw new IllegalArgumentException(
          "interval is %d, must be at least 1 step; 100 is usual".formatted(interval));
    }
    new ExponentiatedWeights(eta, floor); // checks both
    boolean toTargets = method == Method.DYNAMIC_LOADING;
    if (!targets.isEmpty() && !toTargets) {
      throw new IllegalArgumentException(
          "targets are for method dynamic-loading, but it is %s; remove them"
              .formatted(method.key()));
    }
    if (method == Method.NONE && !reference.isEmpty()) {
      throw new IllegalArgumentException(
          "reference is %s, but method is none; set doremi or dynamic-loading, or remove it"
              .formatted(reference));
    }
    if (method == Method.DOREMI && reference.isEmpty()) {
      throw new IllegalArgumentException(
          "reference is missing, which doremi compares its losses with; name a model folder, or the training folder of a run");
    }
    if (toTargets && targets.isEmpty() == reference.isEmpty()) {
      throw new IllegalArgumentException(
          targets.isEmpty()
              ? "targets are missing; give each component a loss, or name a reference whose losses are the targets"
              : "targets stand beside reference, whose losses are the targets; remove one");
    }
  }

  /** The mixture as it is planned. */
  public static OnlineMixingConfig none() {
    return new OnlineMixingConfig(Method.NONE, 100, 1, 1e-4, List.of(), "");
  }

  /** Whether the weights change at all. */
  public boolean on() {
    return method != Method.NONE;
  }

  ExponentiatedWeights rule() {
    return new ExponentiatedWeights(eta, floor);
  }
}
