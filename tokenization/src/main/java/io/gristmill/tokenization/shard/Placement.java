package io.gristmill.tokenization.shard;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.types.DataTypes;

/** Says in which file a document of tokens belongs, and where in it. */
final class Placement {
  private Placement() {}

  /**
   * Adds {@code file}, an int, and {@code place}, a long that the documents of a file are sorted
   * by.
   *
   * @param documents columns of {@link TokenColumns}, perhaps with more
   */
  static Dataset<Row> placed(Dataset<Row> documents, ShardConfig config, FilePlan plan) {
    long seed = config.seed();
    Holdout holdout = config.holdout();
    Map<FilePlan.Name, FilePlan.Files> files = plan.byName();
    // Spark sorts as signed.
    UDF1<String, Long> place = id -> ShuffleHash.of(seed, id) ^ Long.MIN_VALUE;
    UDF4<String, String, String, Long, Integer> file =
        (clusterId, domain, language, at) ->
            files
                .get(new FilePlan.Name(holdout.split(clusterId), domain, language))
                .file(at ^ Long.MIN_VALUE);
    Column ofFile =
        udf(file, DataTypes.IntegerType)
            .apply(col("cluster_id"), col("domain"), col("language"), col("place"));
    return documents
        .withColumn("place", udf(place, DataTypes.LongType).apply(col("document_id")))
        .withColumn("file", ofFile);
  }
}
