package io.gristmill.mixing.ablation;

/**
 * What came of a ratio at the end of the trainings.
 *
 * @param change of the losses since before, the mean over the seeds
 * @param spread the largest less the smallest over the seeds; 0 where there is one
 * @param onFront whether no other ratio is better in one of the losses and not worse in the other
 */
public record RatioOutcome(double ratio, Losses change, Losses spread, boolean onFront) {}
