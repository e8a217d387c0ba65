/**
 * The tokenizer's part of a GGUF file, which llama.cpp and its kin read: the key-value pairs as
 * typed values, for a model's exporter, and a file of them alone. Source: ggml, docs/gguf.md.
 */
package io.gristmill.tokenization.gguf;
