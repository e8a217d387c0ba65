/**
 * Collective operations between the workers of one training run over plain TCP: reduce-scatter by
 * recursive halving, all-gather, broadcast and barrier. Peers prove that they know the secret of
 * the job, every wait is bounded and its message names the peer and the step, and the order in
 * which floats are added is the upper part of the fixed slot tree. Nothing here knows Spark or the
 * model.
 */
package io.gristmill.trainer.collective;
