package io.gristmill.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import io.gristmill.curation.dedup.Duplicates;
import io.gristmill.curation.dedup.Quality;
import io.gristmill.curation.filter.Signals;
import org.apache.spark.sql.Column;

/**
 * The quality of a document among its duplicates, from the signals and scores that were measured.
 */
final class QualityLevel {
  private QualityLevel() {}

  /** From 0 to {@link Duplicates#BEST_QUALITY}; a document without it is of the worst. */
  static Column of(Quality quality) {
    if (!quality.counts()) {
      return lit(0);
    }
    Column measured =
        Signals.names().contains(quality.signal())
            ? col("signals." + quality.signal())
            : col("scores").getItem(quality.signal());
    Column share =
        measured.minus(lit(quality.worst())).divide(lit(quality.best() - quality.worst()));
    Column level =
        round(least(greatest(share, lit(0.0)), lit(1.0)).multiply(Duplicates.BEST_QUALITY));
    return coalesce(level, lit(0.0)).cast("int");
  }
}
