package io.gristmill.trainer.simulation;

import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Batch;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.training.TrainingStep;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The plan against reality: one worker with one thread is measured, steps of two and four workers
 * are predicted from it, and then two and four workers with a thread each train on this machine,
 * over the sockets of its loopback. {@code scripts/benchmark plan} runs it.
 */
final class PlanBenchmark {
  private static final int WARMUP = 2;

  private PlanBenchmark() {}

  private record Setting(ModelConfig model, int slots, int sequences, int length) {}

  private static Setting setting(String name) {
    return switch (name) {
      case "15m" -> new Setting(ModelConfig.of(32_000, 288, 6, 6, 768, 256), 8, 4, 256);
      case "110m" -> new Setting(ModelConfig.of(32_000, 768, 12, 12, 2048, 512), 4, 2, 512);
      case "quickstart" ->
          new Setting(
              new ModelConfig(4_096, 192, 4, 6, 2, 32, 512, 256, 10_000, 1e-5, true), 8, 1, 256);
      default ->
          throw new IllegalArgumentException(
              "setting is %s, must be 15m, 110m or quickstart".formatted(name));
    };
  }

  public static void main(String[] arguments) throws IOException {
    String name = arguments.length > 0 ? arguments[0] : "15m";
    int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
    Setting setting = setting(name);
    int cores = Runtime.getRuntime().availableProcessors();
    StepMeasurement one =
        StepMeasurement.of(
            Kernels.best(),
            setting.model(),
            1,
            setting.slots(),
            setting.sequences(),
            setting.length());
    System.out.printf(
        "%s: one worker, one thread, %d steps: %.3f s a step, jitter %.3f%n",
        name, one.steps(), one.stepSeconds(), one.jitter());
    System.out.printf(
        "fitted: token %.3g s, touch %.3g s, update %.3g s, exchange %.3g s, message %.3g s%n",
        one.costs().token(),
        one.costs().touch(),
        one.costs().update(),
        one.costs().exchange(),
        one.costs().message());
    System.out.println(
        "| workers | cores | predicted s | compute | waiting | reduce | messages | update | gather | measured s | predicted / measured |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    for (int workers = 1; workers <= 4; workers *= 2) {
      StepParts predicted = predicted(setting, one, workers, Math.min(workers, cores));
      double measured = workers == 1 ? one.stepSeconds() : measured(setting, workers, steps);
      System.out.printf(
          "| %d | %d | %.3f | %.3f | %.3f | %.4f | %.4f | %.4f | %.4f | %.3f | %.3f |%n",
          workers,
          Math.min(workers, cores),
          predicted.total(),
          predicted.compute(),
          predicted.waiting(),
          predicted.reduce(),
          predicted.messages(),
          predicted.update(),
          predicted.gather(),
          measured,
          predicted.total() / measured);
    }
  }

  /** From the costs of one worker alone; the loopback has no speed but the processor's. */
  private static StepParts predicted(Setting setting, StepMeasurement one, int workers, int cores) {
    var loopback =
        new Cluster(workers, 1, 0, 20, 1e6, 0, 200, Math.min(1, one.jitter()), 0, 0, 0, 0, 0);
    var step =
        new DataParallelStep(
            one.costs().times((double) workers / cores),
            loopback,
            setting.model(),
            setting.length(),
            Stragglers.draw(loopback.jitter(), workers, 1));
    int batch = setting.slots() * setting.sequences();
    return step.parts(new Division(workers, 1, setting.slots(), batch, setting.sequences()));
  }

  private static double measured(Setting setting, int workers, int steps) throws IOException {
    return StepMeasurement.onLoopback(workers, group -> median(setting, group, steps)).getFirst();
  }

  private static double median(Setting setting, Group group, int steps) throws IOException {
    var llama = new Llama(setting.model(), Kernels.best());
    Tensors parameters = llama.initial(1);
    int slots = setting.slots() / group.size();
    var random = new SplittableRandom(group.rank());
    double[] seconds = new double[steps];
    try (var step =
        new TrainingStep(
            group, llama, parameters, 1, slots, setting.sequences(), setting.length())) {
      for (int i = 0; i < WARMUP + steps; i++) {
        List<Batch> batches =
            StepMeasurement.batches(
                random, setting.model(), slots, setting.sequences(), setting.length());
        step.run(batches, 1e-4);
        if (i >= WARMUP) {
          seconds[i - WARMUP] = step.times().seconds();
        }
      }
    }
    return StepMeasurement.median(seconds);
  }
}
