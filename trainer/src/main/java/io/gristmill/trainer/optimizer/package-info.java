/**
 * AdamW and Muon over ranges of the global flat order of the parameters, and the global gradient
 * norm. A worker that owns a part of the order holds the moments of that part alone.
 */
package io.gristmill.trainer.optimizer;
