package io.gristmill.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.curation.Curation;
import io.gristmill.curation.Prediction;
import io.gristmill.curation.Ratio;
import io.gristmill.curation.source.SourceFile;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.stage.TextFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** A dry run of curation over a sample: what all of it will take and give. */
final class CurateSample {
  private static final String SAMPLE = "curate: sample";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CurateSample() {}

  /** Judges the sample, writes sample/prediction.json and says the same in lines. */
  static List<String> predicted(RunConfig config, double share) throws IOException {
    try (SparkSession spark = Sessions.start(config.name())) {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      Path folder = config.folders().sample();
      List<SourceFile> files = Curation.inputs(config.curate(), hadoop);
      var tasks = new TaskTime();
      spark.sparkContext().addSparkListener(tasks);
      Path judged = new Path(folder, "judged");
      spark.sparkContext().setJobDescription(SAMPLE);
      Curation.sample(spark, files, config.curate(), share, judged);
      spark.sparkContext().setJobDescription(null);
      Prediction prediction = Prediction.of(spark, judged, files, config.curate(), share);
      spark.sparkContext().removeSparkListener(tasks);
      double coreHours =
          tasks.millis() / 3.6e6 * prediction.bytes() / Math.max(1, prediction.sampled());
      int cores = spark.sparkContext().defaultParallelism();
      TextFile.write(
          new Path(folder, "prediction.json"), json(prediction, share, coreHours), hadoop);
      return lines(prediction, coreHours, cores, folder);
    }
  }

  private static List<String> lines(
      Prediction prediction, double coreHours, int cores, Path folder) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "sample: %,d of %,d bytes, %d parts of files; judged rows in %s"
            .formatted(prediction.sampled(), prediction.bytes(), prediction.parts(), folder));
    lines.add(
        "judging all: about %s on %d cores (%.2f core hours)"
            .formatted(duration(coreHours * 3600 / cores), cores, coreHours));
    lines.add("records          " + interval(prediction.records()));
    lines.add("kept documents   " + interval(prediction.kept()));
    lines.add("kept text, bytes " + interval(prediction.keptBytes()));
    lines.add("of the records, before duplicates are looked for (95 % interval):");
    prediction.rates().entrySet().stream()
        .sorted((one, other) -> Double.compare(other.getValue().value(), one.getValue().value()))
        .map(rate -> "  %-40s %s".formatted(rate.getKey(), percent(rate.getValue())))
        .forEach(lines::add);
    return lines;
  }

  private static String interval(Ratio ratio) {
    return "%,15.0f  (%,.0f to %,.0f)".formatted(ratio.value(), ratio.low(), ratio.high());
  }

  private static String percent(Ratio ratio) {
    return "%6.2f %%  (%.2f to %.2f)"
        .formatted(100 * ratio.value(), 100 * ratio.low(), 100 * Math.min(1, ratio.high()));
  }

  private static String duration(double seconds) {
    return seconds < 120
        ? "%.0f s".formatted(seconds)
        : seconds < 7200 ? "%.0f min".formatted(seconds / 60) : "%.1f h".formatted(seconds / 3600);
  }

  private static String json(Prediction prediction, double share, double coreHours) {
    ObjectNode root = JSON.createObjectNode();
    root.put("sample", share)
        .put("bytes", prediction.bytes())
        .put("sampled_bytes", prediction.sampled())
        .put("parts", prediction.parts())
        .put("core_hours", coreHours);
    put(root, "records", prediction.records());
    put(root, "kept", prediction.kept());
    put(root, "kept_bytes", prediction.keptBytes());
    ObjectNode rates = root.putObject("rates");
    for (Map.Entry<String, Ratio> rate : prediction.rates().entrySet()) {
      put(rates, rate.getKey(), rate.getValue());
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers are always JSON", e);
    }
  }

  private static void put(ObjectNode node, String name, Ratio ratio) {
    ObjectNode values = node.putObject(name).put("value", ratio.value());
    if (Double.isFinite(ratio.high())) { // one part alone tells nothing of how parts differ
      values.put("low", ratio.low()).put("high", ratio.high());
    }
  }

  /**
   * The time that the tasks of the sample ran. Spark reports it a little after they ended, so other
   * jobs may run by then.
   */
  private static final class TaskTime extends SparkListener {
    private final Set<Integer> stages = new HashSet<>();
    private long millis;

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
      Properties properties = event.properties();
      if (properties != null && SAMPLE.equals(properties.getProperty("spark.job.description"))) {
        stages.add(event.stageInfo().stageId());
      }
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
      if (stages.contains(event.stageId()) && event.taskMetrics() != null) {
        millis += event.taskMetrics().executorRunTime();
      }
    }

    synchronized long millis() {
      return millis;
    }
  }
}
