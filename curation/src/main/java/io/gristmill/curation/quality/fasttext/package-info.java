/**
 * Supervised models of fastText ({@code .bin} and quantised {@code .ftz}), read and asked without
 * the library: the probabilities are its own.
 */
package io.gristmill.curation.quality.fasttext;
