package io.gristmill.tokenization.shard;

import java.io.Serializable;

/** A Parquet row group of a shard file: how many documents and how many tokens are in it. */
public record RowGroup(long rows, long tokens) implements Serializable {}
