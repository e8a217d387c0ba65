/** Byte-level BPE: training, encoding, and the token shards that later stages read. */
package io.gristmill.tokenization;
