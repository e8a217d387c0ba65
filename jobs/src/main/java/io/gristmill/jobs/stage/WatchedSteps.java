package io.gristmill.jobs.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.gristmill.curation.dedup.Steps;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Steps that tell how long each took and how unequal its tasks were: a task that takes many times
 * the median has most of a skewed key. Spark's own pages show the name of the step beside its jobs.
 */
public final class WatchedSteps implements Steps, AutoCloseable {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** It begins with '_', for times are no output. */
  private static final String NAME = "_steps.json";

  private static final String DESCRIPTION = "spark.job.description";

  private final Steps steps;
  private final SparkContext spark;
  private final TaskTimes tasks = new TaskTimes();
  private final List<Made> made = new ArrayList<>();

  private record Made(String name, double seconds) {}

  public WatchedSteps(Steps steps, SparkContext spark) {
    this.steps = steps;
    this.spark = spark;
    spark.addSparkListener(tasks);
  }

  @Override
  public Path made(String name, Consumer<Path> write) {
    return steps.made(
        name,
        folder -> {
          long start = System.nanoTime();
          spark.setJobDescription(name);
          write.accept(folder);
          spark.setJobDescription(null);
          made.add(new Made(name, (System.nanoTime() - start) / 1e9));
        });
  }

  /** What {@link #write} writes in a folder. */
  public static Path file(Path folder) {
    return new Path(folder, NAME);
  }

  /**
   * Writes {@link #file}: what the steps took that were made here; those found there are not among
   * them.
   */
  public void write(Path folder, Configuration hadoop) throws IOException {
    ArrayNode all = JSON.createArrayNode();
    for (Made step : made) {
      List<Long> millis = tasks.of(step.name());
      all.addObject()
          .put("step", step.name())
          .put("seconds", step.seconds())
          .put("tasks", millis.size())
          .put("median_task_seconds", millis.isEmpty() ? 0 : millis.get(millis.size() / 2) / 1e3)
          .put("slowest_task_seconds", millis.isEmpty() ? 0 : millis.getLast() / 1e3);
    }
    Path file = file(folder);
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(JSON.writeValueAsBytes(all));
    }
  }

  @Override
  public void close() {
    spark.removeSparkListener(tasks);
  }

  /** Durations of tasks by the description of their job. */
  private static final class TaskTimes extends SparkListener {
    private final Map<Integer, String> stages = new HashMap<>();
    private final Map<String, List<Long>> millis = new HashMap<>();

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
      Properties properties = event.properties();
      if (properties != null && properties.getProperty(DESCRIPTION) != null) {
        stages.put(event.stageInfo().stageId(), properties.getProperty(DESCRIPTION));
      }
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
      String step = stages.get(event.stageId());
      if (step != null) {
        millis.computeIfAbsent(step, name -> new ArrayList<>()).add(event.taskInfo().duration());
      }
    }

    /** Ascending. */
    synchronized List<Long> of(String step) {
      List<Long> found = new ArrayList<>(millis.getOrDefault(step, List.of()));
      Collections.sort(found);
      return found;
    }
  }
}
