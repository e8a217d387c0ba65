package io.gristmill.curation.language;

import com.ibm.icu.util.ULocale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a language that documents can be found to be in from a slip of the pen. */
public final class AcceptedLanguage {
  private static final Pattern TAG = Pattern.compile("([a-z]{2,3})(?:-(Hans|Hant))?");
  private static final Set<String> KNOWN = Set.of(ULocale.getISOLanguages());
  private static final Set<String> OTHER = Set.of("mul", "und");

  private AcceptedLanguage() {}

  /**
   * @throws IllegalArgumentException if no document can have this tag
   */
  public static void check(String tag) {
    Matcher matcher = TAG.matcher(tag);
    boolean known =
        matcher.matches()
            && (KNOWN.contains(matcher.group(1)) || OTHER.contains(tag))
            && (matcher.group(2) == null || matcher.group(1).equals("zh"));
    if (!known) {
      throw new IllegalArgumentException(
          "languages has '%s', which no document is found to be in; en, zh-Hans, zh-Hant, zh for both, ja, ko and other codes of ISO 639 are known"
              .formatted(tag));
    }
  }
}
