package io.gristmill.tokenization.bpe;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * How much the texts of a domain and a language count in training.
 *
 * @param domain a name, or a pattern in which {@code *} stands for anything
 * @param language a BCP 47 tag, or a pattern: {@code zh*} takes zh-Hans and zh-Hant
 * @param weight how often each occurrence counts, 0 to 1000, to three decimals
 */
public record TextWeight(String domain, String language, double weight) implements Serializable {
  /** What a weight of 1 is in whole numbers. */
  static final long UNIT = 1000;

  private static final double MOST = 1000;

  public TextWeight {
    if (domain.isEmpty() || language.isEmpty()) {
      throw new IllegalArgumentException(
          "weights: domain is \"%s\" and language is \"%s\", must not be empty; * takes all"
              .formatted(domain, language));
    }
    if (!(weight >= 0 && weight <= MOST)) {
      throw new IllegalArgumentException(
          "weights: weight of %s/%s is %s, must be 0 to 1000; 1 is usual"
              .formatted(domain, language, weight));
    }
    if (Math.abs(weight * UNIT - Math.rint(weight * UNIT)) > 1e-6) {
      throw new IllegalArgumentException(
          "weights: weight of %s/%s is %s, must have at most 3 decimals"
              .formatted(domain, language, weight));
    }
  }

  /** The weight in thousandths. */
  long units() {
    return Math.round(weight * UNIT);
  }

  boolean takes(String domain, String language) {
    return fits(this.domain, domain) && fits(this.language, language);
  }

  private static boolean fits(String pattern, String name) {
    String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return Pattern.compile(expression, Pattern.DOTALL).matcher(name).matches();
  }
}
