package io.gristmill.trainer.spike;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run remembers to judge its next steps, all of it in every checkpoint.
 *
 * @param since the step after which steps are compared with; those up to it had another level
 * @param accepted by rising step: the window, and what a way back would replace
 * @param refused every batch that no update was made by, in the order in which they were refused
 */
public record SpikeMemory(long since, List<Observation> accepted, List<Refusal> refused) {
  public SpikeMemory {
    accepted = List.copyOf(accepted);
    refused = List.copyOf(refused);
  }

  /** Of a run that has not begun, or does not look for spikes. */
  public static SpikeMemory none() {
    return new SpikeMemory(0, List.of(), List.of());
  }

  public boolean isEmpty() {
    return accepted.isEmpty() && refused.isEmpty();
  }

  StepWindow window(int size) {
    List<Observation> level = accepted.stream().filter(seen -> seen.step() > since).toList();
    return new StepWindow(level.subList(Math.max(0, level.size() - size), level.size()), size);
  }

  /** The batch that a step takes: its own, or what took its place. */
  long batch(long step) {
    long batch = step - 1;
    for (Refusal refusal : refused) {
      if (refusal.step() == step
          && refusal.observation().batch() == batch
          && refusal.instead() != Refusal.NONE) {
        batch = refusal.instead();
      }
    }
    return batch;
  }

  /** The batches refused for a step. */
  List<Refusal> refused(long step) {
    return refused.stream().filter(refusal -> refusal.step() == step).toList();
  }

  /** Batches that have taken the place of others. */
  long replacements() {
    return refused.stream().filter(refusal -> refusal.instead() != Refusal.NONE).count();
  }

  /** Steps up to and with this one that made no update. */
  long skipped(long step) {
    return refused.stream()
        .filter(refusal -> refusal.action() == Refusal.Action.SKIP && refusal.step() <= step)
        .count();
  }

  /** Steps right before this one that made no update. */
  int skippedInARow(long step) {
    int skipped = 0;
    while (isSkipped(step - 1 - skipped)) {
      skipped++;
    }
    return skipped;
  }

  private boolean isSkipped(long step) {
    return refused.stream()
        .anyMatch(refusal -> refusal.step() == step && refusal.action() == Refusal.Action.SKIP);
  }

  /** Batches that were replaced by a single one each since the step was last begun. */
  int triedInARow(long step) {
    int tried = 0;
    for (Refusal refusal : refused.reversed()) {
      if (refusal.step() != step || refusal.action() != Refusal.Action.REPLACE) {
        break;
      }
      tried++;
    }
    return tried;
  }

  /** Whether all steps after this one were taken again already. */
  boolean wentBackTo(long step) {
    return refused.stream()
        .anyMatch(
            refusal -> refusal.step() == step + 1 && refusal.action() == Refusal.Action.ROLL_BACK);
  }

  /**
   * With one more accepted step.
   *
   * @param window steps that are kept in any case
   * @param all every step after this one is kept too
   */
  SpikeMemory accept(Observation seen, int window, long all) {
    List<Observation> more = new ArrayList<>(accepted);
    more.add(seen);
    int from = 0;
    while (more.size() - from > window && more.get(from).step() <= all) {
      from++;
    }
    return new SpikeMemory(since, more.subList(from, more.size()), refused);
  }

  SpikeMemory refuse(Refusal refusal) {
    List<Refusal> more = new ArrayList<>(refused);
    more.add(refusal);
    return new SpikeMemory(since, accepted, more);
  }

  SpikeMemory beginAnew(long step) {
    return new SpikeMemory(step, accepted, refused);
  }

  /** The observation of an accepted step that is still kept. */
  Observation accepted(long step) {
    return accepted.stream().filter(seen -> seen.step() == step).findFirst().orElseThrow();
  }
}
