package io.gristmill.jobs.report;

import io.gristmill.curation.filter.Profile;
import io.gristmill.jobs.report.data.ReportData;
import io.gristmill.jobs.report.data.RunFiles;
import io.gristmill.jobs.stage.TextFile;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Writes the report of a run: reads its files, renders the page. */
public final class Report {
  private static final long SAMPLE_SEED = 0;

  private Report() {}

  /**
   * Writes the report of a run, as far as the run got.
   *
   * @param profile whose thresholds are drawn
   * @param page where the HTML goes; what is there is replaced
   * @return the figures that it shows
   * @throws IOException if the file system fails
   */
  public static ReportData write(SparkSession spark, RunFiles run, Profile profile, Path page)
      throws IOException {
    ReportData data = ReportData.read(spark, run, profile, SAMPLE_SEED);
    String html = ReportPage.render(data);
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    TextFile.write(page, html, hadoop);
    return data;
  }
}
