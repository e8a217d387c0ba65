package io.gristmill.mixing.mixture;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A line of the mixture: the share of all shard groups whose domain and language fit the patterns.
 * A line may be divided into parts, with a ratio among themselves.
 *
 * @param domain a name, or a pattern in which {@code *} stands for anything
 * @param language a BCP 47 tag, or a pattern: {@code zh*} takes zh-Hans and zh-Hant
 * @param weight the share of the tokens of the list that it stands in, 0 to 1; NaN where a
 *     temperature or the entropies give it
 * @param maxEpochs how often it may be repeated; 0 for what holds around it
 * @param temperature of the sizes of the parts, whose weights it gives; 0 for weights as they say
 * @param by what gives the ratio of the parts
 * @param parts what it consists of, a group belonging to the first that takes it; none for one
 *     component
 */
public record Weight(
    String domain,
    String language,
    double weight,
    double maxEpochs,
    double temperature,
    RatioBy by,
    List<Weight> parts) {
  public Weight {
    parts = List.copyOf(parts);
    if (domain.isEmpty() || language.isEmpty()) {
      throw new IllegalArgumentException(
          "mixture.weights: domain is \"%s\" and language is \"%s\", must not be empty; * takes all"
              .formatted(domain, language));
    }
    String label = domain + "/" + language;
    if (!Double.isNaN(weight) && !(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "mixture.weights: weight of %s is %s, must be 0 to 1".formatted(label, weight));
    }
    if (maxEpochs != 0 && !MixtureConfig.allowed(maxEpochs)) {
      throw new IllegalArgumentException(
          "max-epochs of %s is %s, must be above 0 and at most 1000; 0 is mixture.max-epochs"
              .formatted(label, maxEpochs));
    }
    if (parts.isEmpty() && temperature != 0) {
      throw new IllegalArgumentException(
          "temperature of %s is %s, but it has no parts; mixture.temperature is for the lines of mixture.weights"
              .formatted(label, temperature));
    }
    if (parts.isEmpty() && by != RatioBy.WEIGHT) {
      throw new IllegalArgumentException(
          "by of %s is entropy, but it has no parts; mixture.by is for the lines of mixture.weights"
              .formatted(label));
    }
    if (!parts.isEmpty()) {
      Ratio.check("parts", " of " + label, "its ", parts, by, temperature);
    }
  }

  /** A line whose parts have weights, or a temperature of their sizes. */
  public Weight(
      String domain,
      String language,
      double weight,
      double maxEpochs,
      double temperature,
      List<Weight> parts) {
    this(domain, language, weight, maxEpochs, temperature, RatioBy.WEIGHT, parts);
  }

  /** A line without parts. */
  public Weight(String domain, String language, double weight) {
    this(domain, language, weight, 0, 0, List.of());
  }

  /** The same line with another weight. */
  public Weight withWeight(double other) {
    return new Weight(domain, language, other, maxEpochs, temperature, by, parts);
  }

  /** Whether the shards of this domain and language belong to the line. */
  public boolean takes(String domain, String language) {
    return fits(this.domain, domain) && fits(this.language, language);
  }

  /** {@code domain/language} as configured, for people. */
  public String label() {
    return domain + "/" + language;
  }

  private static boolean fits(String pattern, String name) {
    String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return Pattern.compile(expression, Pattern.DOTALL).matcher(name).matches();
  }
}
