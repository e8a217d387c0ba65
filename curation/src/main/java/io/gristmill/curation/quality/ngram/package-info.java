/**
 * Perplexity: how surprising a text is to a model of n-grams. Models are our own, counted on Spark,
 * or those of KenLM and ARPA files. The rows of counts and the pure arithmetic stand side by side.
 */
package io.gristmill.curation.quality.ngram;
