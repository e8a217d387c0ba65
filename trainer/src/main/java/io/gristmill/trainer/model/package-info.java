/**
 * The Llama-like decoder: its shape, its parameters under Hugging Face names, forward and backward
 * over one micro-batch by one thread, and generation with a key-value cache.
 */
package io.gristmill.trainer.model;
