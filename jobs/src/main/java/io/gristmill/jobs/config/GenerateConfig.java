package io.gristmill.jobs.config;

import java.util.List;

/**
 * What the trained model is asked to write.
 *
 * @param temperature 0 takes the likeliest token; below 1 is careful
 * @param topK candidates at each step; 0 for all
 * @param topP smallest set of candidates with this probability; 1 for all
 * @param maxTokens of each text, the prompt not counted
 * @param seed the same seed writes the same texts
 */
public record GenerateConfig(
    List<Prompt> prompts, double temperature, int topK, double topP, int maxTokens, long seed) {
  public GenerateConfig {
    prompts = List.copyOf(prompts);
    if (!(temperature >= 0 && temperature <= 10)) {
      throw new IllegalArgumentException(
          "generate.temperature is %s, must be 0 to 10; 0.7 is usual".formatted(temperature));
    }
    if (topK < 0) {
      throw new IllegalArgumentException(
          "generate.top-k is %d, must be at least 0; 40 is usual".formatted(topK));
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException(
          "generate.top-p is %s, must be above 0 and at most 1; 0.95 is usual".formatted(topP));
    }
    if (maxTokens < 1) {
      throw new IllegalArgumentException(
          "generate.max-tokens is %d, must be at least 1; 128 is usual".formatted(maxTokens));
    }
  }

  /** A beginning to write on from, and the language that is expected. */
  public record Prompt(String language, String text) {
    public Prompt {
      if (text.isEmpty()) {
        throw new IllegalArgumentException(
            "generate.text is empty, must be the beginning of a text");
      }
    }
  }
}
