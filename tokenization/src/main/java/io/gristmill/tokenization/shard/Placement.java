package io.gristmill.tokenization.shard;

import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Says in which file a document of tokens belongs, and where in it. */
final class Placement {
  static final StructType SCHEMA =
      new StructType()
          .add("file", DataTypes.IntegerType, false)
          .add("place", DataTypes.LongType, false)
          .add("document_id", DataTypes.StringType, false)
          .add("cluster_id", DataTypes.StringType, false)
          .add("tokens", DataTypes.BinaryType, false)
          .add("byte_count", DataTypes.LongType, false)
          .add("copy", DataTypes.BooleanType, false);

  private final long seed;
  private final Holdout holdout;
  private final Map<FilePlan.Name, FilePlan.Files> files;

  Placement(ShardConfig config, FilePlan plan) {
    this.seed = config.seed();
    this.holdout = config.holdout();
    this.files = plan.byName();
  }

  /** A row of {@link #SCHEMA} of one of {@link TokenColumns}. */
  Row row(Row document) {
    return row(
        document.getString(0),
        false,
        document.getString(1),
        document.getString(2),
        document.getString(3),
        document.getAs(4),
        document.getLong(5));
  }

  /**
   * A row of {@link #SCHEMA}.
   *
   * @param copy whether the shards hold the document under another id too
   * @param tokens at the width of the shards, the end-of-text token last
   * @param bytes UTF-8 bytes of the text
   */
  Row row(
      String id,
      boolean copy,
      String clusterId,
      String domain,
      String language,
      byte[] tokens,
      long bytes) {
    FilePlan.Name name = new FilePlan.Name(holdout.split(clusterId), domain, language);
    long hash = ShuffleHash.of(seed, id);
    long place = hash ^ Long.MIN_VALUE; // Spark sorts as signed
    return RowFactory.create(files.get(name).file(hash), place, id, clusterId, tokens, bytes, copy);
  }
}
