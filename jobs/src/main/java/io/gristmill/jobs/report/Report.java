package io.gristmill.jobs.report;

import io.gristmill.jobs.report.data.ReportData;
import io.gristmill.jobs.report.data.RunFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
   * @param page where the HTML goes; what is there is replaced
   * @return the figures that it shows
   * @throws IOException if the file system fails
   */
  public static ReportData write(SparkSession spark, RunFiles run, Path page) throws IOException {
    ReportData data = ReportData.read(spark, run, SAMPLE_SEED);
    String html = ReportPage.render(data);
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    try (OutputStream out = page.getFileSystem(hadoop).create(page, true)) {
      out.write(html.getBytes(StandardCharsets.UTF_8));
    }
    return data;
  }
}
