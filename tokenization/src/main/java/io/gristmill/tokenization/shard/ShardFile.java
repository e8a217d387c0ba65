package io.gristmill.tokenization.shard;

import java.io.Serializable;
import java.util.List;

/**
 * A Parquet file of encoded documents.
 *
 * @param path relative to the folder of the shards
 * @param length in bytes
 * @param sha256 of its bytes, in hex
 */
public record ShardFile(String path, long length, String sha256, List<RowGroup> rowGroups)
    implements Serializable {
  public ShardFile {
    rowGroups = List.copyOf(rowGroups);
  }

  /** The number of documents. */
  public long rows() {
    return rowGroups.stream().mapToLong(RowGroup::rows).sum();
  }

  /** The number of tokens, end-of-text tokens included. */
  public long tokens() {
    return rowGroups.stream().mapToLong(RowGroup::tokens).sum();
  }
}
