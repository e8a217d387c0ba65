/**
 * Token shards as the files of other trainers and back: Megatron's {@code .bin} and {@code .idx},
 * nanoGPT's {@code .bin}, llm.c's {@code .bin} with a header. All are little-endian.
 */
package io.gristmill.tokenization.exchange;
