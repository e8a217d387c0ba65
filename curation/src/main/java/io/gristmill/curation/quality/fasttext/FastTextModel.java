package io.gristmill.curation.quality.fasttext;

import io.gristmill.curation.quality.ModelInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A supervised model of fastText 0.9. Reading it is all that changes it: threads may share one. */
public final class FastTextModel {
  /** The library adds this to a probability before it takes the logarithm, and so do we. */
  static final double LOG_OFFSET = 1e-5;

  private static final int SIGMOID_STEPS = 512;
  private static final int SIGMOID_END = 8;

  private final Shape shape;
  private final Dictionary dictionary;
  private final Matrix input;
  private final Matrix output;
  private final Optional<LabelTree> tree;

  private FastTextModel(Shape shape, Dictionary dictionary, Matrix input, Matrix output) {
    this.shape = shape;
    this.dictionary = dictionary;
    this.input = input;
    this.output = output;
    this.tree =
        shape.loss() == Shape.Loss.HIERARCHICAL_SOFTMAX
            ? Optional.of(new LabelTree(dictionary.labelCounts()))
            : Optional.empty();
  }

  /**
   * Reads a {@code .bin} or {@code .ftz}.
   *
   * @throws IllegalArgumentException naming file and byte if it is none, damaged or cut short
   */
  public static FastTextModel read(Path path, Configuration hadoop) {
    try (ModelInput in = ModelInput.open(path, hadoop)) {
      return read(in);
    }
  }

  static FastTextModel read(ModelInput in) {
    Shape shape = Shape.read(in);
    Dictionary dictionary = Dictionary.read(in, shape);
    boolean quantised = in.uint8("quantisation flag") != 0;
    if (dictionary.isPruned() && !quantised) {
      throw in.wrong("quantisation flag", 0, "though features were pruned; quantize it again");
    }
    Matrix input =
        quantised ? QuantisedMatrix.read(in, "input matrix") : DenseMatrix.read(in, "input matrix");
    if (input.columns() != shape.dimension() || input.rows() < dictionary.rows()) {
      throw in.wrong(
          "input matrix",
          input.rows(),
          "rows of %d, must be %d of %d; copy the file again"
              .formatted(input.columns(), dictionary.rows(), shape.dimension()));
    }
    boolean quantisedOutput = in.uint8("output's quantisation flag") != 0;
    Matrix output =
        quantised && quantisedOutput
            ? QuantisedMatrix.read(in, "output matrix")
            : DenseMatrix.read(in, "output matrix");
    if (output.columns() != shape.dimension() || output.rows() != dictionary.labels().size()) {
      throw in.wrong(
          "output matrix",
          output.rows(),
          "rows of %d, must be one of %d for each of %d labels; copy the file again"
              .formatted(output.columns(), shape.dimension(), dictionary.labels().size()));
    }
    in.end();
    return new FastTextModel(shape, dictionary, input, output);
  }

  /** Labels with their prefix. */
  public List<String> labels() {
    return dictionary.labels();
  }

  /**
   * What {@code predict} of the library gives a label: its probability and 0.00001. Nothing for a
   * text that has no feature of the model.
   *
   * @param label an index of {@link #labels}
   */
  public OptionalDouble probability(String text, int label) {
    Dictionary.Features features = dictionary.features(text.getBytes(StandardCharsets.UTF_8));
    if (features.count == 0) {
      return OptionalDouble.empty();
    }
    float[] hidden = new float[shape.dimension()];
    for (int i = 0; i < features.count; i++) {
      input.addTo(hidden, features.rows[i]);
    }
    float share = (float) (1.0 / features.count);
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] *= share;
    }
    return OptionalDouble.of(
        switch (shape.loss()) {
          case SOFTMAX -> softmax(hidden, label) + LOG_OFFSET;
          case ONE_VERSUS_ALL, NEGATIVE_SAMPLING -> sigmoid(output.dot(hidden, label)) + LOG_OFFSET;
          case HIERARCHICAL_SOFTMAX ->
              Math.exp(tree.orElseThrow().logProbability(label, hidden, output));
        });
  }

  private double softmax(float[] hidden, int label) {
    float[] scores = new float[dictionary.labels().size()];
    float most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = output.dot(hidden, i);
      most = Math.max(most, scores[i]);
    }
    float sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) Math.exp(scores[i] - most);
      sum += scores[i];
    }
    return scores[label] / sum;
  }

  /** The library's table of 513 values, without which thresholds would not carry over. */
  private static double sigmoid(float x) {
    if (x < -SIGMOID_END) {
      return 0;
    }
    if (x > SIGMOID_END) {
      return 1;
    }
    int step = (int) ((x + SIGMOID_END) * SIGMOID_STEPS / SIGMOID_END / 2);
    double at = step * 2.0 * SIGMOID_END / SIGMOID_STEPS - SIGMOID_END;
    return 1 / (1 + Math.exp(-at));
  }
}
