/**
 * Exact and near duplicates of the kept documents: folded keys, shingles of equal strength in
 * spaced and unspaced scripts, MinHash bands, stars, connected components and the verification of
 * every removal against a kept survivor. Keys, nodes and shingle sets of cluster members travel;
 * text never does.
 */
package io.gristmill.curation.dedup;
