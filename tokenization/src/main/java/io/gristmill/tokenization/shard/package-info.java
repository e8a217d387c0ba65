/**
 * Token shards: encoded documents in Parquet files per split, domain and language, in the order of
 * a hash of their ids; {@code shards.json}, which lists and counts them; and random access to their
 * tokens.
 */
package io.gristmill.tokenization.shard;
