package io.gristmill.mixing.law.fit;

import java.util.Arrays;

/** What came out of one experiment: the inputs, in the order of the law's, and the loss. */
public record Observation(double value, double... inputs) {
  public Observation {
    inputs = inputs.clone();
    if (!Double.isFinite(value) || !Arrays.stream(inputs).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "the loss %s at %s: all must be finite; leave the row out where nothing was measured"
              .formatted(value, Arrays.toString(inputs)));
    }
  }

  /** Another loss at the same inputs. */
  Observation with(double other) {
    return new Observation(other, inputs);
  }
}
