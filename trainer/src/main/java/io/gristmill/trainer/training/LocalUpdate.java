package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Updates by each worker alone, from its own slots and clipped by itself, and after a round one by
 * what all have come to (DiLoCo; Douillard et al. 2023, arXiv 2311.08105). In between workers tell
 * each other losses, and whether to stop, in some hundred bytes a step.
 */
final class LocalUpdate implements ModelUpdate {
  private final Group group;
  private final Update inner;
  private final List<StateFile> moments;
  private final OuterStep outer;
  private final Rounds rounds;
  private StepOutcome own = new StepOutcome(0, 0, 0, List.of(), List.of());

  /**
   * @param inner of all parameters, in a group of this worker alone
   * @param moments of its optimizer
   */
  LocalUpdate(Group group, Update inner, List<StateFile> moments, OuterStep outer, Rounds rounds) {
    this.group = group;
    this.inner = inner;
    this.moments = List.copyOf(moments);
    this.outer = outer;
    this.rounds = rounds;
  }

  @Override
  public void begin(Tensors parameters) {
    outer.begin(parameters);
  }

  @Override
  public StepOutcome reduce(Tensors gradients, SlotLosses losses, WorkerStep part, long step)
      throws IOException {
    own = inner.reduce(gradients, losses, part, step);
    double[] norm = {own.gradientNorm()};
    StepMessages all = StepMessages.exchange(group, part, losses, norm, step);
    List<Double> norms = all.numbers().stream().map(List::getFirst).toList();
    return new StepOutcome(
        all.loss(), Collections.max(norms), all.tokens(), all.brokenSlots(), all.workers());
  }

  @Override
  public void apply(
      Tensors parameters,
      Tensors gradients,
      StepOutcome outcome,
      double learningRate,
      long step,
      long updates)
      throws IOException {
    inner.apply(parameters, gradients, own, learningRate, step, updates);
    if (rounds.endAfter(step)) {
      outer.apply(parameters, gradients, step);
    }
  }

  @Override
  public boolean agreesAfter(long step) {
    return rounds.endAfter(step);
  }

  @Override
  public List<StateFile> files() {
    List<StateFile> files = new ArrayList<>(moments);
    files.addAll(outer.files());
    return files;
  }
}
