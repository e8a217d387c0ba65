/**
 * Pairs of tokens that follow each other: their counts, and how hard they make it to tell a token
 * from the one before it.
 */
package io.gristmill.mixing.bigram;
