package io.gristmill.jobs;

import io.gristmill.jobs.config.RunFolders;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads what curate has kept. */
final class Documents {
  private Documents() {}

  static Dataset<Row> kept(SparkSession spark, RunFolders folders) {
    return spark.read().parquet(new Path(folders.documents(), "outcome=kept").toString());
  }
}
