package io.gristmill.trainer.model;

import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.kernel.VectorKernels;
import io.gristmill.trainer.optimizer.AdamW;
import io.gristmill.trainer.optimizer.AdamWConfig;
import java.util.Locale;

/**
 * Mean absolute activations of models of several widths after their first steps (Yang et al. 2022,
 * arXiv 2203.03466, appendix D.1). Under muP they do not depend on the width; where they grow with
 * it, the learning rate must fall. {@code scripts/benchmark coordinates} prints the table in
 * docs/training-model.md.
 */
final class CoordinateCheck {
  static final int BASE_WIDTH = 64;
  static final int STEPS = 4;
  private static final int LAYERS = 2;
  private static final int HEAD_SIZE = 16;
  private static final int VOCABULARY = 96;
  private static final int LENGTH = 32;
  private static final int SEQUENCES = 4;
  private static final long SEED = 20260501L;

  private CoordinateCheck() {}

  /**
   * Means of absolute values after some steps.
   *
   * @param attention outputs of attention, before their matrix, of the last layer
   * @param stream the residual stream behind the last layer
   * @param rise of the logits of the targets by the steps; the first logits are noise, which under
   *     muP falls with the root of the width
   */
  record Activations(double attention, double stream, double rise) {}

  /** Which rules a model follows. */
  enum Rules {
    STANDARD,
    MINICPM,
    POWER;

    ModelConfig model(int width) {
      ModelConfig plain =
          ModelConfig.of(VOCABULARY, width, LAYERS, width / HEAD_SIZE, 5 * width / 2, LENGTH);
      return switch (this) {
        case STANDARD -> plain;
        case MINICPM -> plain.with(new MiniCpmParametrization(BASE_WIDTH, 0.1, 12, 1.4));
        case POWER -> plain.with(PowerParametrization.of(BASE_WIDTH, width, LAYERS, HEAD_SIZE));
      };
    }
  }

  /** The activations after {@code steps} updates. */
  static Activations measure(ModelConfig config, int steps, double learningRate) {
    Kernels kernels = new VectorKernels();
    var llama = new Llama(config, kernels);
    Tensors parameters = llama.initial(SEED);
    Tensors gradients = Tensors.zeros(llama.layout());
    var optimizer = new AdamW(AdamWConfig.defaults(), llama.layout(), kernels);
    Workspace workspace = llama.workspace(SEQUENCES, LENGTH);
    Batch batch = Batches.random(config, SEQUENCES, LENGTH, SEED); // the same in every step
    float[] before = llama.logits(parameters, batch, workspace);
    for (int step = 1; step <= steps; step++) {
      gradients.zero();
      llama.lossAndGradient(parameters, batch, 1f / batch.targetCount(), gradients, workspace);
      optimizer.update(parameters, gradients, step, learningRate, 1f);
    }
    float[] after = llama.logits(parameters, batch, workspace);
    return new Activations(
        mean(workspace.layers[LAYERS - 1].attention),
        mean(workspace.output),
        rise(before, after, batch.targets()));
  }

  /** Mean of what the logits of the targets have risen by. */
  private static double rise(float[] before, float[] after, int[] targets) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] >= 0) {
        int logit = i * VOCABULARY + targets[i];
        sum += (double) after[logit] - before[logit];
        count++;
      }
    }
    return sum / count;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum / values.length;
  }

  public static void main(String[] arguments) {
    double learningRate = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 0.01;
    System.out.println("| rules | width | attention | stream | rise of targets |");
    System.out.println("|---|---|---|---|---|");
    for (Rules rules : Rules.values()) {
      for (int width = BASE_WIDTH; width <= 1024; width *= 2) {
        Activations measured = measure(rules.model(width), STEPS, learningRate);
        System.out.printf(
            Locale.ROOT,
            "| %s | %d | %.2f | %.2f | %.2f |%n",
            rules.name().toLowerCase(Locale.ROOT),
            width,
            measured.attention(),
            measured.stream(),
            measured.rise());
      }
    }
  }
}
