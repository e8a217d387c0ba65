/**
 * Spikes of a training's loss: when a step is one, what is done about it, and what must be
 * remembered for that. Pure functions of losses and gradient norms, so that all workers of a run
 * decide alike.
 */
package io.gristmill.trainer.spike;
