/**
 * What a training will take before it runs: the seconds of a data-parallel step by the number of
 * workers, from what one worker measures of itself and a description of the cluster, and with
 * waiting, checkpoints and failures the time of the whole run.
 */
package io.gristmill.trainer.simulation;
