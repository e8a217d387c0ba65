package io.gristmill.jobs.config;

import io.gristmill.mixing.ablation.AblationDesign;
import io.gristmill.mixing.ablation.RatioDesign;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.training.ScheduleConfig;
import java.util.List;

/**
 * The trainings of an ablation, and the question that they answer.
 *
 * @param design the ratios or mixtures, and the seeds
 * @param tokens of each training; rounded up to whole steps
 * @param equal what the trainings of all sizes have alike
 * @param measurements of the held-out losses during a training, evenly spaced, the last at its end
 * @param tolerances by how much the general loss may end above where it began, nats per token; none
 *     for mixtures
 * @param sizes the models; none for the one of {@code model}
 * @param trunk the training on general text alone that all others go on from
 */
public record AblationConfig(
    AblationDesign design,
    long tokens,
    Equal equal,
    int measurements,
    List<Double> tolerances,
    List<Size> sizes,
    Trunk trunk) {
  /** What trainings of different sizes have alike. */
  public enum Equal {
    /** The tokens. */
    TOKENS,
    /**
     * Tokens times parameters: {@code tokens} are those of the first size, a larger one gets fewer.
     */
    COMPUTE
  }

  /** A model by its name, which folders and tables use. */
  public record Size(String name, ModelConfig model) {
    public Size {
      if (!name.matches("[A-Za-z0-9._-]+")) {
        throw new IllegalArgumentException(
            "name is \"%s\", must be of letters, digits, dots, hyphens and underscores, such as 15M: it becomes part of a folder's name"
                .formatted(name));
      }
    }
  }

  /**
   * The training before the ablation.
   *
   * @param tokens of general text; 0 for none
   * @param schedule its learning rate; a decay down to the rate of the ablation's trainings makes a
   *     smooth passage
   */
  public record Trunk(long tokens, ScheduleConfig schedule) {
    public Trunk {
      if (tokens < 0) {
        throw new IllegalArgumentException(
            "tokens is %d, must be at least 0; 0 trains no trunk, 20 a parameter are usual"
                .formatted(tokens));
      }
    }

    /** Whether there is such a training. */
    public boolean given() {
      return tokens > 0;
    }
  }

  public AblationConfig {
    tolerances = tolerances.stream().sorted().toList();
    sizes = List.copyOf(sizes);
    if (tokens < 1) {
      throw new IllegalArgumentException(
          "ablate.tokens is %d, must be at least 1: the tokens of each training; 20M is usual"
              .formatted(tokens));
    }
    if (measurements < 1) {
      throw new IllegalArgumentException(
          "ablate.measurements is %d, must be at least 1; 8 let laws over tokens be fitted"
              .formatted(measurements));
    }
    boolean tolerates = design instanceof RatioDesign;
    if ((tolerates && tolerances.isEmpty())
        || tolerances.stream().anyMatch(own -> !(own > 0 && own < 10))) {
      throw new IllegalArgumentException(
          "ablate.tolerances is %s, must be one or more numbers above 0, in nats per token; [0.01, 0.02, 0.05, 0.1] is usual"
              .formatted(tolerances));
    }
    if (sizes.stream().map(Size::name).distinct().count() < sizes.size()) {
      throw new IllegalArgumentException(
          "ablate.sizes has a name twice: %s".formatted(sizes.stream().map(Size::name).toList()));
    }
  }
}
