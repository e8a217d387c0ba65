/**
 * How good a tokenizer is on given text: compression, words kept whole, evenness of use, tokens
 * that are rarely or never met, by language and domain; and which vocabulary size suits a model.
 * Counting on Spark is {@link io.gristmill.tokenization.quality.QualityCounting}; the rest is
 * arithmetic on its exact counts.
 */
package io.gristmill.tokenization.quality;
