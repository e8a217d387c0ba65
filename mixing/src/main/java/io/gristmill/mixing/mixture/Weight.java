package io.gristmill.mixing.mixture;

import java.util.regex.Pattern;

/**
 * The share of a component of the mixture: all shard groups whose domain and language fit the
 * patterns.
 *
 * @param domain a name, or a pattern in which {@code *} stands for anything
 * @param language a BCP 47 tag, or a pattern: {@code zh*} takes zh-Hans and zh-Hant
 * @param weight the share of the training tokens, 0 to 1
 */
public record Weight(String domain, String language, double weight) {
  public Weight {
    if (domain.isEmpty() || language.isEmpty()) {
      throw new IllegalArgumentException(
          "mixture.weights: domain is \"%s\" and language is \"%s\", must not be empty; * takes all"
              .formatted(domain, language));
    }
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "mixture.weights: weight of %s/%s is %s, must be 0 to 1"
              .formatted(domain, language, weight));
    }
  }

  /** Whether the shards of this domain and language belong to the component. */
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
