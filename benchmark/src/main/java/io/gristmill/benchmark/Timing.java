package io.gristmill.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.gristmill.trainer.model.Batch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one step took.
 *
 * @param seconds by the clock on the wall
 * @param cpuSeconds of all threads of this process, native ones as well: what other processes take
 *     counts little here
 * @param loss nats per token
 */
record Timing(double seconds, double cpuSeconds, double loss) {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** One update by all batches, which returns their mean loss. */
  interface Step {
    double run(List<Batch> batches, double learningRate) throws IOException;
  }

  static Timing of(Step step, List<Batch> batches) throws IOException {
    long cpu = SYSTEM.getProcessCpuTime();
    long wall = System.nanoTime();
    double loss = step.run(batches, 1e-3);
    return new Timing(
        (System.nanoTime() - wall) / 1e9, (SYSTEM.getProcessCpuTime() - cpu) / 1e9, loss);
  }

  static double median(List<Timing> timings, ToDoubleFunction<Timing> of) {
    double[] sorted = timings.stream().mapToDouble(of).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
