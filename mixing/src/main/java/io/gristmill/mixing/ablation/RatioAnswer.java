package io.gristmill.mixing.ablation;

import io.gristmill.mixing.law.fit.Interval;
import io.gristmill.mixing.law.ratio.CriticalRatio;

/**
 * The largest ratio at which the general loss stays within a tolerance, after some tokens.
 *
 * @param tokens of the training
 * @param ratio by the law of the general loss
 * @param interval of it with a probability of .95; where the ratio is not {@link
 *     CriticalRatio.Found}, an end of the ratios tried
 * @param found share of the resamples in which the law says where it lies
 * @param interpolated without a law, between the measured means; the same kinds of answer
 */
public record RatioAnswer(
    long tokens, CriticalRatio ratio, Interval interval, double found, CriticalRatio interpolated) {
  static final double LEVEL = 0.95;
}
