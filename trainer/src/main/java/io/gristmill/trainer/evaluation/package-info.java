/**
 * What a model is worth: its loss on held-out documents by domain and language, in nats per token
 * and in bits per byte, which compares models with different tokenizers, and the baselines that it
 * must beat.
 */
package io.gristmill.trainer.evaluation;
