package io.gristmill.trainer.model;

import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.kernel.PeakFlops;
import io.gristmill.trainer.kernel.VectorKernels;
import io.gristmill.trainer.optimizer.AdamW;
import io.gristmill.trainer.optimizer.AdamWConfig;
import io.gristmill.trainer.optimizer.GradientNorm;
import java.util.SplittableRandom;

/**
 * Whole training steps (forward, backward, clipping, AdamW) on one thread, as a share of the peak
 * of fused multiply-adds measured between steps, both in CPU time. Run, after {@code mvn
 * test-compile}:
 *
 * <pre>
 *   java --add-modules jdk.incubator.vector -XX:UseAVX=3 -cp trainer/target/classes:trainer/target/test-classes \
 *     io.gristmill.trainer.model.StepBenchmark 15m|110m|quickstart|char [steps]
 * </pre>
 */
final class StepBenchmark {
  private StepBenchmark() {}

  private record Setting(ModelConfig model, int sequences, int length, int slots) {}

  private static Setting setting(String name) {
    return switch (name) {
      case "15m" -> new Setting(ModelConfig.of(32_000, 288, 6, 6, 768, 256), 4, 256, 2);
      case "110m" -> new Setting(ModelConfig.of(32_000, 768, 12, 12, 2048, 512), 4, 512, 1);
      case "quickstart" -> new Setting(quickstart(), 1, 256, 16);
      case "char" -> new Setting(ModelConfig.of(65, 128, 4, 4, 384, 64), 12, 64, 8);
      default ->
          throw new IllegalArgumentException(
              "setting is " + name + ", not 15m, 110m, quickstart, char");
    };
  }

  /** The model of conf/quickstart.yaml. */
  private static ModelConfig quickstart() {
    return new ModelConfig(4_096, 256, 4, 4, 2, 64, 704, 256, 10_000, 1e-5, true);
  }

  public static void main(String[] args) {
    Setting setting = setting(args.length > 0 ? args[0] : "15m");
    int steps = args.length > 1 ? Integer.parseInt(args[1]) : 4;
    ModelConfig model = setting.model();
    Kernels kernels = new VectorKernels();
    var llama = new Llama(model, kernels);
    Tensors parameters = llama.initial(1);
    Tensors gradients = Tensors.zeros(llama.layout());
    Workspace workspace = llama.workspace(setting.sequences(), setting.length());
    var optimizer = new AdamW(AdamWConfig.defaults(), llama.layout(), kernels);
    var random = new SplittableRandom(7);
    int size = setting.sequences() * setting.length();
    double flops = model.trainingFlopsPerToken(setting.length()) * size * setting.slots();
    System.out.printf(
        "%s, %.1f M parameters, slots of %d x %d, %d slots a step, %.1f MFLOP a token%n",
        kernels.description(),
        llama.layout().size() / 1e6,
        setting.sequences(),
        setting.length(),
        setting.slots(),
        flops / size / setting.slots() / 1e6);
    for (int step = 1; step <= steps; step++) {
      double peak = PeakFlops.measure();
      long start = PeakFlops.cpuNanos();
      gradients.zero();
      double loss = 0;
      for (int slot = 0; slot < setting.slots(); slot++) {
        Batch batch = batch(random, model, setting);
        loss +=
            llama.lossAndGradient(
                parameters, batch, 1f / (size * setting.slots()), gradients, workspace);
      }
      double norm = GradientNorm.of(gradients, kernels);
      float scale = (float) GradientNorm.clip(norm, 1);
      optimizer.update(parameters, gradients, step, 1e-3, scale);
      double seconds = (PeakFlops.cpuNanos() - start) / 1e9;
      peak = Math.max(peak, PeakFlops.measure());
      System.out.printf(
          "step %d loss %.4f norm %.3f: %.2f s, %.0f tokens/s, %.1f of %.1f GFLOP/s, %.1f %%%n",
          step,
          loss / (size * setting.slots()),
          norm,
          seconds,
          size * setting.slots() / seconds,
          flops / seconds / 1e9,
          peak,
          100 * flops / seconds / 1e9 / peak);
    }
  }

  private static Batch batch(SplittableRandom random, ModelConfig model, Setting setting) {
    int size = setting.sequences() * setting.length();
    int[] tokens = random.ints(size, 0, model.vocabularySize()).toArray();
    int[] targets = random.ints(size, 0, model.vocabularySize()).toArray();
    int[] starts = new int[size];
    for (int i = 0; i < size; i++) {
      int position = i % setting.length();
      starts[i] = position >= setting.length() / 2 ? setting.length() / 4 : 0;
    }
    return new Batch(setting.sequences(), setting.length(), tokens, targets, starts);
  }
}
