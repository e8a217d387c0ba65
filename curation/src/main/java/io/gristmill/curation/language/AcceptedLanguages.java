package io.gristmill.curation.language;

import com.ibm.icu.util.ULocale;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The languages whose documents are wanted.
 *
 * @param tags BCP 47; none accepts all, {@code mul} and {@code und} included
 */
public record AcceptedLanguages(List<String> tags) implements Serializable {
  private static final Pattern TAG = Pattern.compile("([a-z]{2,3})(?:-(Hans|Hant))?");
  private static final Set<String> KNOWN = Set.of(ULocale.getISOLanguages());
  private static final Set<String> OTHER = Set.of("mul", "und");

  public AcceptedLanguages {
    tags = List.copyOf(tags);
    for (String tag : tags) {
      if (!known(tag)) {
        throw new IllegalArgumentException(
            "languages has '%s', which no document is found to be in; en, zh-Hans, zh-Hant, zh for both, ja, ko and other codes of ISO 639 are known"
                .formatted(tag));
      }
    }
  }

  /** Tells a language that documents can be found to be in from a slip of the pen. */
  public static boolean known(String tag) {
    Matcher matcher = TAG.matcher(tag);
    return matcher.matches()
        && (KNOWN.contains(matcher.group(1)) || OTHER.contains(tag))
        && (matcher.group(2) == null || matcher.group(1).equals("zh"));
  }

  /** Whether a document of this tag is wanted. */
  public boolean accept(String tag) {
    return tags.isEmpty() || tags.stream().anyMatch(accepted -> Language.isOf(tag, accepted));
  }

  /** The largest share of a document's letters that one of these languages has. */
  public double share(Language language) {
    return tags.stream()
        .mapToDouble(
            accepted ->
                language.shares().entrySet().stream()
                    .filter(entry -> Language.isOf(entry.getKey(), accepted))
                    .mapToDouble(Map.Entry::getValue)
                    .sum())
        .max()
        .orElse(0);
  }
}
