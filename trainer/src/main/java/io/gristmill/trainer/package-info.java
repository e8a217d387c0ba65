/** Pretraining of Llama-like models on CPUs, data-parallel and bit-reproducible. */
package io.gristmill.trainer;
