/**
 * Lines, paragraphs and runs of sentences that stand in several places of the corpus: the first
 * occurrence in the order of survival stays and every other goes. Keys of 128 bits and places
 * travel; text never does, and what is removed comes back as spans in code points.
 */
package io.gristmill.curation.passage;
