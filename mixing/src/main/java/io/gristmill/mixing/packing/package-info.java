/**
 * Documents packed into sequences of fixed length: windows cut from the rings of tokens of the
 * shard groups, their order in every epoch, and where the documents in them begin.
 */
package io.gristmill.mixing.packing;
