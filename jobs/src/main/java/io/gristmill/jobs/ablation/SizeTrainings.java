package io.gristmill.jobs.ablation;

import io.gristmill.mixing.ablation.Measure;
import java.util.List;

/**
 * The trainings of a size, all done.
 *
 * @param start what they began with, in words
 * @param heldOut tokens that the loss of each line rests on
 */
record SizeTrainings(
    long parameters,
    String start,
    List<Long> heldOut,
    List<Measure> measures,
    List<Measure> foretold,
    List<SizeResult.Finished> finished) {}
