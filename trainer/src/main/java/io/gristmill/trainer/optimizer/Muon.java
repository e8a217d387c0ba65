package io.gristmill.trainer.optimizer;

import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.TensorSpec;
import io.gristmill.trainer.model.Tensors;
import java.util.List;

/**
 * Muon for the parts of hidden matrices that a worker holds: Nesterov momentum, the orthogonal
 * factor of the whole matrix, and a step of the size of AdamW's.
 *
 * <p>With gradient G, momentum m, rate r and decay d: M = m M + G; O = {@link NewtonSchulz} of (G +
 * m M); W = (1 - r d) W - r 0.2 sqrt(max(rows, columns)) O. Momentum and step are taken element by
 * element, so a cut into ranges changes no bit; between them the matrix has to be whole.
 *
 * @see <a href="https://kellerjordan.github.io/posts/muon/">Jordan et al. 2024</a> for the
 *     direction
 * @see <a href="https://arxiv.org/abs/2502.16982">Liu et al. 2025 (Moonlight), eq. 4</a> for the
 *     size of the step, which gives an orthogonal matrix the root mean square of AdamW's updates
 */
public final class Muon {
  /** Root mean square of AdamW's updates, by Moonlight, section 2.2. */
  private static final double UPDATE_SCALE = 0.2;

  private final MuonConfig config;
  private final double weightDecay;
  private final ParameterLayout layout;
  private final List<Segment> segments;
  private final float[][] momentum;

  /**
   * @param weightDecay AdamW's
   * @param segments parts of hidden matrices, in the flat order
   */
  public Muon(
      MuonConfig config, double weightDecay, ParameterLayout layout, List<Segment> segments) {
    this.config = config;
    this.weightDecay = weightDecay;
    this.layout = layout;
    this.segments = List.copyOf(segments);
    this.momentum = new float[segments.size()][];
    for (int i = 0; i < momentum.length; i++) {
      momentum[i] = new float[segments.get(i).length()];
    }
  }

  /** The parts of matrices that this optimizer updates, in the flat order. */
  public List<Segment> segments() {
    return segments;
  }

  /** Momentum of a segment; not a copy, so a checkpoint may fill it. */
  public float[] momentum(int segment) {
    return momentum[segment];
  }

  /**
   * Adds the gradient to the momentum of a segment, and replaces it by the direction G + m M.
   * Different segments may be taken by different threads, here and below.
   *
   * @param gradientScale what gradients are multiplied by: clipping times 1 / tokens
   */
  public void direct(int segment, Tensors gradients, float gradientScale) {
    Segment part = segments.get(segment);
    float[] values = gradients.of(part.tensor());
    float[] kept = momentum[segment];
    float share = (float) config.momentum();
    for (int i = 0; i < part.length(); i++) {
      float gradient = values[part.offset() + i] * gradientScale;
      kept[i] = Math.fma(share, kept[i], gradient);
      values[part.offset() + i] = Math.fma(share, kept[i], gradient);
    }
  }

  /** Replaces the directions of a whole matrix by their orthogonal factor. */
  public void orthogonalize(int tensor, Tensors directions, NewtonSchulz work) {
    TensorSpec matrix = layout.tensors().get(tensor);
    work.orthogonalize(directions.of(tensor), matrix.shape().get(0), matrix.shape().get(1));
  }

  /** Takes the step of a segment. */
  public void step(int segment, Tensors parameters, Tensors factors, double learningRate) {
    Segment part = segments.get(segment);
    List<Integer> shape = layout.tensors().get(part.tensor()).shape();
    float[] values = parameters.of(part.tensor());
    float[] factor = factors.of(part.tensor());
    float size =
        (float)
            (learningRate
                * UPDATE_SCALE
                * Math.sqrt((double) Math.max(shape.get(0), shape.get(1))));
    float decay = (float) (1 - learningRate * weightDecay);
    for (int i = part.offset(); i < part.offset() + part.length(); i++) {
      values[i] = Math.fma(-size, factor[i], values[i] * decay);
    }
  }
}
