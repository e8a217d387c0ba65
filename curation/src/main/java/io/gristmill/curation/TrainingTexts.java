package io.gristmill.curation;

import static org.apache.spark.sql.functions.col;

import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.privacy.Removals;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceFile;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Texts that models are trained on: read, extracted, identified and edited as documents are, so
 * that a model sees in training what it is asked of later.
 */
public final class TrainingTexts {
  private TrainingTexts() {}

  /**
   * Columns {@code id}, {@code text} and {@code language}; each use of them reads the sources.
   *
   * @param config of the run that the model is for
   * @throws IllegalArgumentException if a path does not exist or holds nothing that can be read
   */
  public static Dataset<Row> texts(
      SparkSession session, List<SourceConfig> sources, CurationConfig config) {
    CurationConfig training = config.training(sources);
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    List<SourceFile> files = Curation.inputs(training, hadoop);
    return Judged.judged(
            session,
            files,
            training,
            Curation.profile(config, hadoop),
            Removals.none(),
            session.sparkContext().longAccumulator("texts extracted"))
        .where(col("outcome").equalTo(Outcome.KEPT.key()))
        .select("id", "text", "language");
  }
}
