package io.gristmill.jobs.progress;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Turns Spark's task events into a status line: tasks done, records per second, time left. */
public final class TaskProgress extends SparkListener {
  private final Console console;
  private final Map<Integer, Running> running = new ConcurrentHashMap<>();

  public TaskProgress(Console console) {
    this.console = console;
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    running.put(
        event.stageInfo().stageId(), new Running(event.stageInfo().numTasks(), System.nanoTime()));
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted event) {
    running.remove(event.stageInfo().stageId());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    Running stage = running.get(event.stageId());
    if (stage == null || !event.taskInfo().successful()) {
      return;
    }
    long records =
        event.taskMetrics() == null
            ? 0
            : Math.max(
                event.taskMetrics().inputMetrics().recordsRead(),
                Math.max(
                    event.taskMetrics().outputMetrics().recordsWritten(),
                    event.taskMetrics().shuffleReadMetrics().recordsRead()));
    console.status(stage.taskDone(records));
  }

  /** One Spark stage under way. */
  private static final class Running {
    private final int tasks;
    private final long start;
    private int done;
    private long records;

    Running(int tasks, long start) {
      this.tasks = tasks;
      this.start = start;
    }

    synchronized String taskDone(long taskRecords) {
      done++;
      records += taskRecords;
      double seconds = Math.max(1e-3, (System.nanoTime() - start) / 1e9);
      long left = Math.round(seconds / done * (tasks - done));
      return String.format(
          Locale.ROOT,
          "%d/%d tasks (%d %%), %,d records, %,.0f records/s, about %d:%02d left",
          done,
          tasks,
          100L * done / tasks,
          records,
          records / seconds,
          left / 60,
          left % 60);
    }
  }
}
