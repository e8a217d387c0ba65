package io.gristmill.curation.dedup;

import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** What the tasks of a context did since the last look. */
final class SparkWatch extends SparkListener {
  private final SparkContext context;
  private Work work = Work.NONE;
  private long executorHeap;

  SparkWatch(SparkContext context) {
    this.context = context;
    context.addSparkListener(this);
  }

  /**
   * Sums over tasks.
   *
   * @param cpuSeconds of the tasks
   * @param taskSeconds wall-clock time of the tasks
   * @param slowestSeconds of one task
   * @param shuffleBytes written
   * @param spilledBytes on disk
   * @param failed tasks that had to be done again
   */
  record Work(
      int tasks,
      double cpuSeconds,
      double taskSeconds,
      double slowestSeconds,
      long shuffleBytes,
      long spilledBytes,
      int failed) {
    static final Work NONE = new Work(0, 0, 0, 0, 0, 0, 0);

    Work and(Work other) {
      return new Work(
          tasks + other.tasks,
          cpuSeconds + other.cpuSeconds,
          taskSeconds + other.taskSeconds,
          Math.max(slowestSeconds, other.slowestSeconds),
          shuffleBytes + other.shuffleBytes,
          spilledBytes + other.spilledBytes,
          failed + other.failed);
    }
  }

  /** What was done since the last call. */
  Work take() {
    try {
      context.listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
    synchronized (this) {
      Work done = work;
      work = Work.NONE;
      return done;
    }
  }

  /** The largest heap in use of an executor that ran a task, in bytes; garbage counts. */
  synchronized long executorHeap() {
    return executorHeap;
  }

  void stop() {
    context.removeSparkListener(this);
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    TaskMetrics metrics = task.taskMetrics();
    double seconds = task.taskInfo().duration() / 1e3;
    executorHeap =
        Math.max(executorHeap, task.taskExecutorMetrics().getMetricValue("JVMHeapMemory"));
    work =
        work.and(
            metrics == null
                ? new Work(1, 0, seconds, seconds, 0, 0, 1)
                : new Work(
                    1,
                    metrics.executorCpuTime() / 1e9,
                    seconds,
                    seconds,
                    metrics.shuffleWriteMetrics().bytesWritten(),
                    metrics.diskBytesSpilled(),
                    task.taskInfo().successful() ? 0 : 1));
  }
}
