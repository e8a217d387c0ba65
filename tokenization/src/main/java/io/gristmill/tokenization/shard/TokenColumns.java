package io.gristmill.tokenization.shard;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of documents that are tokens already. */
public final class TokenColumns {
  /** {@code tokens} at the width of the shards, the end-of-text token last. */
  public static final StructType SCHEMA =
      new StructType()
          .add("document_id", DataTypes.StringType, false)
          .add("cluster_id", DataTypes.StringType, false)
          .add("domain", DataTypes.StringType, false)
          .add("language", DataTypes.StringType, false)
          .add("tokens", DataTypes.BinaryType, false)
          .add("byte_count", DataTypes.LongType, false);

  private TokenColumns() {}
}
