package io.gristmill.trainer.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gristmill.trainer.kernel.Precision;
import io.gristmill.trainer.model.Workspace;

/**
 * How a model is trained; sizes in sequences of the mixture's length.
 *
 * @param steps updates; 0 for as many as the mixture has sequences for
 * @param globalBatch sequences of one update
 * @param microBatch sequences that a thread computes at once; part of the numerics
 * @param slots S, the parts of the global batch whose gradients are summed by a fixed tree; a power
 *     of two, at least the number of threads of all workers; part of the numerics
 * @param clip largest global gradient norm; Pascanu et al. 2013, algorithm 1
 * @param validationInterval steps between validations; 0 for one at the end only
 * @param validationTokens held-out tokens of each domain and language that a validation uses; 0 for
 *     all
 * @param checkpointInterval steps between checkpoints; 0 for one at the end only
 * @param keepCheckpoints how many of the newest are kept
 * @param seed of the initial parameters and of dropout
 * @param dropout share of the channels that are dropped in training; like those after it left out
 *     of the JSON form where it is not used
 * @param zLoss weight of (ln Z)^2 beside the cross-entropy; 0 for none
 * @param recompute whether backward computes the activations of each layer again from its input,
 *     for less memory; the same bits
 * @param precision of the matrix products; part of the numerics
 */
public record TrainerConfig(
    long steps,
    int globalBatch,
    int microBatch,
    int slots,
    double clip,
    long validationInterval,
    long validationTokens,
    long checkpointInterval,
    int keepCheckpoints,
    long seed,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) double dropout,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) double zLoss,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean recompute,
    Precision precision) {
  public TrainerConfig {
    atLeast("steps", steps, 0, "0 trains on the whole mixture");
    atLeast("global-batch", globalBatch, 1, "64 is usual");
    atLeast("micro-batch", microBatch, 1, "4 is usual");
    if (slots < 1 || Integer.bitCount(slots) != 1) {
      throw new IllegalArgumentException(
          "pretrain.slots is %d, must be a power of two; 16 is usual".formatted(slots));
    }
    if (globalBatch % slots != 0) {
      throw new IllegalArgumentException(
          "pretrain.slots %d does not divide pretrain.global-batch %d; try a global batch of %d"
              .formatted(
                  slots, globalBatch, Math.max(1, Math.ceilDiv(globalBatch, slots)) * slots));
    }
    if (globalBatch / slots % microBatch != 0) {
      throw new IllegalArgumentException(
          "pretrain.micro-batch %d does not divide the %d sequences of a slot (global-batch %d / slots %d); try %d"
              .formatted(
                  microBatch,
                  globalBatch / slots,
                  globalBatch,
                  slots,
                  largestDivisor(globalBatch / slots, microBatch)));
    }
    if (!(clip > 0)) {
      throw new IllegalArgumentException(
          "pretrain.clip is %s, must be above 0; 1 is usual".formatted(clip));
    }
    atLeast("validation-interval", validationInterval, 0, "250 is usual");
    atLeast("validation-tokens", validationTokens, 0, "0 uses all held-out tokens");
    atLeast("checkpoint-interval", checkpointInterval, 0, "250 is usual");
    atLeast("keep-checkpoints", keepCheckpoints, 1, "2 is usual");
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "pretrain.dropout is %s, must be at least 0 and below 1; 0 is usual, 0.1 or 0.2 where text is repeated often"
              .formatted(dropout));
    }
    if (!(zLoss >= 0 && zLoss < 1)) {
      throw new IllegalArgumentException(
          "pretrain.z-loss is %s, must be at least 0 and below 1; 0 is usual, 1e-4 keeps logits small"
              .formatted(zLoss));
    }
  }

  /** Without dropout and z-loss, with all activations kept, in 32-bit floats. */
  public TrainerConfig(
      long steps,
      int globalBatch,
      int microBatch,
      int slots,
      double clip,
      long validationInterval,
      long validationTokens,
      long checkpointInterval,
      int keepCheckpoints,
      long seed) {
    this(
        steps,
        globalBatch,
        microBatch,
        slots,
        clip,
        validationInterval,
        validationTokens,
        checkpointInterval,
        keepCheckpoints,
        seed,
        0,
        0,
        false,
        Precision.FP32);
  }

  /** The whole mixture in batches of 64 sequences, 16 slots, validation every 250 steps. */
  public static TrainerConfig defaults() {
    return new TrainerConfig(0, 64, 4, 16, 1, 250, 1 << 18, 250, 2, 1);
  }

  /** The same for a run of so many updates. */
  public TrainerConfig of(long steps) {
    return with(steps, precision);
  }

  /** The same in another precision. */
  public TrainerConfig with(Precision other) {
    return with(steps, other);
  }

  private TrainerConfig with(long updates, Precision numbers) {
    return new TrainerConfig(
        updates,
        globalBatch,
        microBatch,
        slots,
        clip,
        validationInterval,
        validationTokens,
        checkpointInterval,
        keepCheckpoints,
        seed,
        dropout,
        zLoss,
        recompute,
        numbers);
  }

  /** What a workspace keeps of each layer. */
  Workspace.Keep keep() {
    return recompute ? Workspace.Keep.INPUTS : Workspace.Keep.ALL;
  }

  private static int largestDivisor(int of, int atMost) {
    int divisor = Math.min(of, atMost);
    while (of % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  private static void atLeast(String key, long value, long least, String usual) {
    if (value < least) {
      throw new IllegalArgumentException(
          "pretrain.%s is %d, must be at least %d; %s".formatted(key, value, least, usual));
    }
  }
}
