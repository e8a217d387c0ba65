package io.gristmill.curation.language;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The language of a document.
 *
 * @param tag BCP 47: {@code en}, {@code zh-Hans}, {@code zh-Hant}, {@code yue}, {@code ja}, …;
 *     {@code mul} when no language has {@value #DOMINANT} of the letters, {@code und} when there
 *     are no letters
 * @param score 0 to 1, how sure: the share of the letters times the certainty among the languages
 *     of their script
 * @param shares share of the letters for each language found, in the order of tags; they add up to
 *     1, or none
 */
public record Language(String tag, double score, Map<String, Double> shares)
    implements Serializable {
  /** Share of the letters that one language must have to be the document's. */
  public static final double DOMINANT = 0.7;

  /** Tag of a document in several languages. */
  public static final String MULTIPLE = "mul";

  /** Tag of a document without letters. */
  public static final String UNDETERMINED = "und";

  /** Key of what holds for all languages that are not named. */
  public static final String ANY = "*";

  public Language {
    shares = Collections.unmodifiableMap(new TreeMap<>(shares));
  }

  /** Whether a tag is the named one or a script of it: zh takes zh-Hans and zh-Hant. */
  public static boolean isOf(String tag, String named) {
    return tag.equals(named) || tag.startsWith(named + "-");
  }

  /** What is given for a tag, else for its language, else for {@link #ANY}, else {@code none}. */
  public static <T> T lookup(Map<String, T> byLanguage, String tag, T none) {
    int subtag = tag.indexOf('-');
    String primary = subtag < 0 ? tag : tag.substring(0, subtag);
    T own = byLanguage.getOrDefault(tag, byLanguage.get(primary));
    return own == null ? byLanguage.getOrDefault(ANY, none) : own;
  }

  /** A document without letters. */
  public static Language undetermined() {
    return new Language(UNDETERMINED, 0, Map.of());
  }

  /** The share of the letters that are in a language, 0 to 1. */
  public double share(String language) {
    return shares.getOrDefault(language, 0.0);
  }
}
