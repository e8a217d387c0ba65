package io.gristmill.curation.quality.classifier;

import io.gristmill.curation.quality.ModelInput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A trained classifier. Threads may share one; each {@link Scoring} is one thread's.
 *
 * <p>The file, little-endian: {@code GMCLASS1}; bits (int32); bias, then scale and shift of the
 * calibration (float64); a weight for each feature (float32).
 *
 * @param bits of the hashed features
 * @param bias added to the weights of features
 * @param scale of the sum before it becomes a probability
 * @param shift added to the scaled sum
 * @param weights one a feature
 */
public record ClassifierModel(int bits, double bias, double scale, double shift, float[] weights)
    implements Serializable {
  /** The file's name where train-classifier writes it. */
  public static final String FILE = "quality.classifier";

  private static final byte[] MAGIC = "GMCLASS1".getBytes(StandardCharsets.US_ASCII);

  /**
   * Reads a model.
   *
   * @throws IllegalArgumentException naming file and byte if it is none, damaged or cut short
   */
  public static ClassifierModel read(Path path, Configuration hadoop) {
    try (ModelInput in = ModelInput.open(path, hadoop)) {
      return read(in);
    }
  }

  static ClassifierModel read(ModelInput in) {
    byte[] magic = in.bytes(MAGIC.length, "magic number");
    if (!Arrays.equals(magic, MAGIC)) {
      throw in.wrong(
          "magic number",
          ByteBuffer.wrap(magic).getLong(),
          "must spell GMCLASS1; train-classifier writes such files");
    }
    int bits = in.int32("bits");
    if (bits < 1 || bits > 24) {
      throw in.wrong("bits", bits, "must be 1 to 24; copy the file again");
    }
    double bias = in.float64("bias");
    double scale = in.float64("scale");
    double shift = in.float64("shift");
    float[] weights = new float[in.count(1L << bits, Float.BYTES, "weights")];
    in.floats(weights, 0, weights.length, "weights");
    in.end();
    return new ClassifierModel(bits, bias, scale, shift, weights);
  }

  /** Writes the file. */
  public void write(OutputStream to) throws IOException {
    ByteBuffer out =
        ByteBuffer.allocate(MAGIC.length + 4 + 3 * 8 + 4 * weights.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).putInt(bits).putDouble(bias).putDouble(scale).putDouble(shift);
    for (float weight : weights) {
      out.putFloat(weight);
    }
    to.write(out.array());
  }

  /** Begins to score texts. */
  public Scoring scoring() {
    return new Scoring(this);
  }

  /** What one thread scores with. */
  public static final class Scoring {
    private final ClassifierModel model;
    private final Features features;

    Scoring(ClassifierModel model) {
      this.model = model;
      this.features = new Features(model.bits);
    }

    /** The probability that a text is of the wanted ones; nothing for a text without features. */
    public OptionalDouble probability(String text) {
      features.read(text);
      return features.size() == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(logistic(model.scale * sum() + model.shift));
    }

    /** The sum before calibration. */
    double margin(String text) {
      features.read(text);
      return sum();
    }

    private double sum() {
      double sum = model.bias;
      for (int i = 0; i < features.size(); i++) {
        sum += features.weight(i) * model.weights[features.index(i)];
      }
      return sum;
    }
  }

  static double logistic(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassifierModel model
        && bits == model.bits
        && bias == model.bias
        && scale == model.scale
        && shift == model.shift
        && Arrays.equals(weights, model.weights);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(weights);
  }

  @Override
  public String toString() {
    return "classifier of %d features".formatted(weights.length);
  }
}
