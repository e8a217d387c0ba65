package io.gristmill.trainer.optimizer;

import io.gristmill.trainer.kernel.AdamWStep;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.TensorSpec;
import io.gristmill.trainer.model.Tensors;
import java.util.List;

/**
 * AdamW with decoupled weight decay for one range of the global flat order, and the moments of that
 * range. Elements are updated independently, so any cut into ranges gives the same bits.
 *
 * @see AdamWStep
 */
public final class AdamW {
  private final AdamWConfig config;
  private final ParameterLayout layout;
  private final Kernels kernels;
  private final List<Segment> segments;
  private final float[][] first;
  private final float[][] second;

  /** An optimizer of all parameters. */
  public AdamW(AdamWConfig config, ParameterLayout layout, Kernels kernels) {
    this(config, layout, kernels, 0, layout.size());
  }

  /** An optimizer of the parameters from {@code from} (inclusive) to {@code to} (exclusive). */
  public AdamW(AdamWConfig config, ParameterLayout layout, Kernels kernels, long from, long to) {
    this(config, layout, kernels, Segment.of(layout, from, to));
  }

  /** An optimizer of these parts of tensors, which are in the flat order. */
  public AdamW(
      AdamWConfig config, ParameterLayout layout, Kernels kernels, List<Segment> segments) {
    this.config = config;
    this.layout = layout;
    this.kernels = kernels;
    this.segments = List.copyOf(segments);
    this.first = new float[segments.size()][];
    this.second = new float[segments.size()][];
    for (int i = 0; i < segments.size(); i++) {
      first[i] = new float[segments.get(i).length()];
      second[i] = new float[segments.get(i).length()];
    }
  }

  /** The parts of tensors that this optimizer updates, in the flat order. */
  public List<Segment> segments() {
    return segments;
  }

  /** Running mean of the gradient over a segment; not a copy, so a checkpoint may fill it. */
  public float[] firstMoment(int segment) {
    return first[segment];
  }

  /** Running mean of the squared gradient over a segment; not a copy. */
  public float[] secondMoment(int segment) {
    return second[segment];
  }

  /**
   * Updates the parameters of the range.
   *
   * @param step number of this update, from 1
   * @param learningRate of the schedule; each tensor multiplies it by its own
   * @param gradientScale what gradients are multiplied by: clipping times 1 / tokens
   */
  public void update(
      Tensors parameters, Tensors gradients, long step, double learningRate, float gradientScale) {
    for (int i = 0; i < segments.size(); i++) {
      update(i, parameters, gradients, step, learningRate, gradientScale);
    }
  }

  /** Updates one segment; different segments may be updated by different threads. */
  public void update(
      int segment,
      Tensors parameters,
      Tensors gradients,
      long step,
      double learningRate,
      float gradientScale) {
    if (step < 1) {
      throw new IllegalArgumentException("update %d; updates count from 1".formatted(step));
    }
    Segment part = segments.get(segment);
    TensorSpec tensor = layout.tensors().get(part.tensor());
    double rate = learningRate * tensor.learningRate();
    kernels.adamW(
        scalars(step, rate, gradientScale, tensor.decays() ? config.weightDecay() : 0),
        parameters.of(part.tensor()),
        part.offset(),
        gradients.of(part.tensor()),
        part.offset(),
        first[segment],
        second[segment],
        0,
        part.length());
  }

  private AdamWStep scalars(long step, double learningRate, float gradientScale, double decay) {
    return new AdamWStep(
        gradientScale,
        (float) (1 - learningRate * decay),
        (float) config.beta1(),
        (float) config.beta2(),
        (float) (learningRate / (1 - StrictMath.pow(config.beta1(), (double) step))),
        (float) (1 / Math.sqrt(1 - StrictMath.pow(config.beta2(), (double) step))),
        (float) config.epsilon());
  }
}
