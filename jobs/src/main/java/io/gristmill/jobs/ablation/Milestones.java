package io.gristmill.jobs.ablation;

import java.util.ArrayList;
import java.util.List;

/**
 * The steps at which a training is measured. Where the learning rate decays, each measurement ends
 * a decay of its own, which branches off from a stable part that all have in common: so one
 * training answers for several numbers of tokens (Hu et al. 2024, arXiv 2404.06395, section 4.5).
 *
 * @param steps of the longest training, a multiple of the measurements
 * @param measurements evenly spaced, the last at the end
 * @param warmup below 1 a share of {@code steps}, else a number of steps
 * @param decay below 1 a share of the steps up to a measurement, else a number of steps; 0 where
 *     one training is measured as it goes
 */
record Milestones(long steps, int measurements, double warmup, double decay) {
  Milestones {
    for (int n = 1; decay > 0 && n <= measurements; n++) {
      long begins = steps / measurements * n - decaySteps(decay, steps / measurements * n);
      long before = n == 1 ? warmupSteps(warmup, steps) : 0;
      long last = steps / measurements * (n - 1);
      if (begins <= Math.max(before, last - decaySteps(decay, last))) {
        throw new IllegalArgumentException(
            "ablate.tokens makes %d steps, too few for %d measurements that each end a decay after a stable part: raise it, or lower schedule.warmup, schedule.decay or ablate.measurements"
                .formatted(steps, measurements));
      }
    }
  }

  /** Whether there are decays. */
  boolean decays() {
    return decay > 0;
  }

  /** The step of the n-th measurement, n from 1. */
  long measured(int n) {
    return steps / measurements * n;
  }

  /** Where the n-th decay begins; 0 for n of 0. */
  long stableEnd(int n) {
    return measured(n) - decaySteps(n);
  }

  /** How long the n-th decay is. */
  long decaySteps(int n) {
    return n == 0 ? 0 : decaySteps(decay, measured(n));
  }

  /** The same for all, however long the decay before which they are used. */
  long warmupSteps() {
    return warmupSteps(warmup, steps);
  }

  /** The steps of each of the trainings that a point of the design is made of. */
  List<Long> parts() {
    if (!decays()) {
      return List.of(steps);
    }
    var parts = new ArrayList<Long>();
    for (int n = 1; n <= measurements; n++) {
      parts.add(stableEnd(n) - stableEnd(n - 1));
      parts.add(decaySteps(n));
    }
    return parts;
  }

  private static long decaySteps(double decay, long end) {
    return end == 0 ? 0 : Math.max(1, Math.round(decay < 1 ? decay * end : decay));
  }

  private static long warmupSteps(double warmup, long steps) {
    return Math.round(warmup < 1 ? warmup * steps : warmup);
  }
}
