/**
 * Cuts text into pretokens, the pieces inside which BPE merges and across which it never does. Each
 * pattern of the ecosystem is a hand-written scanner over UTF-8 bytes; its published regular
 * expressions stand beside it, are what {@code tokenizer.json} carries, and are its twin in tests.
 */
package io.gristmill.tokenization.pretoken;
