package io.gristmill.mixing.law.mixture;

import io.gristmill.mixing.law.fit.CurvedLaw;
import io.gristmill.mixing.law.fit.Misfit;
import io.gristmill.mixing.law.fit.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * The loss on one validation set by the shares r_j of the training mixture: {@code L = c +
 * exp(sum_j t_j r_j)} (Ye et al. 2024, arXiv 2403.16952, equation 7). The paper writes {@code c + k
 * exp(…)}; as the shares sum to 1, a factor k is the same as ln k added to every t, so no data
 * could tell them apart, and there is none here.
 */
public final class MixingLaw {
  private MixingLaw() {}

  /** The law of a mixture of these components, by the Huber loss with delta .01. */
  public static CurvedLaw of(List<String> components) {
    return of(components, 0.01);
  }

  /** The same by the Huber loss with another delta, in nats. */
  public static CurvedLaw of(List<String> components, double delta) {
    var parameters = new ArrayList<Parameter>();
    parameters.add(Parameter.positive("c", 0.2, 5));
    for (String component : components) {
      parameters.add(Parameter.free("t " + component, -5, 3));
    }
    return new CurvedLaw(
        "mixing law",
        components,
        parameters,
        Misfit.huber(delta),
        (values, shares) -> {
          double sum = 0;
          for (int j = 0; j < shares.length; j++) {
            sum += values[1 + j] * shares[j];
          }
          return values[0] + Math.exp(sum);
        });
  }
}
