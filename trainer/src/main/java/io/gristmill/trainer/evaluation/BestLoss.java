package io.gristmill.trainer.evaluation;

import java.io.Serializable;

/**
 * The lowest validation loss of a language so far.
 *
 * @param step updates after which it was measured
 */
public record BestLoss(String language, long step, double natsPerToken, double bitsPerByte)
    implements Serializable {}
