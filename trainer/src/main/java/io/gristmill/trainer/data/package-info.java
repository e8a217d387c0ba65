/**
 * Micro-batches for the model out of the training and held-out sequences of a mixture. Which
 * sequence stands in which slot of which step is arithmetic, the same for any number of workers.
 */
package io.gristmill.trainer.data;
