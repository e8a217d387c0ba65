package io.gristmill.mixing.ablation;

/**
 * The general loss and the domain's of a training at a ratio, after some tokens.
 *
 * @param ratio R, the share of the domain in its tokens
 * @param seed of the training
 */
public record RatioMeasure(double ratio, long seed, long tokens, Losses losses) {}
