package io.gristmill.jobs;

import io.gristmill.jobs.config.RunFolders;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads what curate has kept. */
final class Documents {
  private Documents() {}

  /**
   * The kept documents.
   *
   * @throws IllegalStateException if there are none
   */
  static Dataset<Row> kept(SparkSession spark, RunFolders folders) {
    Dataset<Row> kept =
        spark.read().parquet(new Path(folders.documents(), "outcome=kept").toString());
    if (kept.isEmpty()) {
      throw new IllegalStateException(
          "%s holds no kept document; %s counts the reasons under records: change the sources, curate.profile or curate.languages"
              .formatted(folders.documents(), folders.ledgerJson()));
    }
    return kept;
  }
}
