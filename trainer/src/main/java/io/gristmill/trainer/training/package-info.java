/**
 * The training loop. A step's global batch is S slots; each slot's gradient is computed by one
 * thread, slots are summed by the perfect binary tree over their numbers, and the update is made by
 * the worker that owns the part of the parameters. Losses and checkpoints are the same bits for any
 * number of workers and threads, and after a resume.
 */
package io.gristmill.trainer.training;
