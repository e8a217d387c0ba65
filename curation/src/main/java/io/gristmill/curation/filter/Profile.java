package io.gristmill.curation.filter;

import io.gristmill.curation.language.Language;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A named set of rules, in the order in which they give the verdict.
 *
 * @param name {@code web}, {@code reference-docs}, {@code none}, or the user's own
 * @param languages accepted languages (BCP 47); empty accepts all, {@code mul} and {@code und}
 *     included
 * @param rules the rules by language: the tag, else its first subtag ({@code zh} for {@code
 *     zh-Hans}), else {@code *}
 */
public record Profile(String name, List<String> languages, Map<String, List<Rule>> rules)
    implements Serializable {
  /** Key of the rules for languages that have none of their own. */
  public static final String ANY = "*";

  /** Reason of a document in a language that is not accepted. */
  public static final String LANGUAGE = "language";

  /**
   * What the language rule measures: the largest share of the letters that an accepted language
   * has.
   */
  public static final String ACCEPTED_SHARE = "accepted_language_share";

  public Profile {
    languages = List.copyOf(languages);
    rules = Collections.unmodifiableMap(new TreeMap<>(rules));
  }

  /** The names that {@link #named} knows. */
  public static List<String> names() {
    return List.of("none", "reference-docs", "web");
  }

  /**
   * One of the profiles that come with the program, accepting every language.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static Profile named(String name) {
    return new Profile(
        name,
        List.of(),
        switch (name) {
          case "none" -> Map.of();
          case "reference-docs" -> ReferenceDocs.RULES;
          case "web" -> Web.RULES;
          default ->
              throw new IllegalArgumentException(
                  "profile is %s, must be one of %s; web is usual for crawls"
                      .formatted(name, String.join(", ", names())));
        });
  }

  /** The same rules for these languages only (BCP 47); none accepts all. */
  public Profile accepting(List<String> accepted) {
    return new Profile(name, accepted, rules);
  }

  /** The first rule that fails gives the verdict; the language comes before all. */
  public Verdict judge(Signals signals, Language language) {
    if (!languages.isEmpty() && languages.stream().noneMatch(of -> isOf(language.tag(), of))) {
      double share = languages.stream().mapToDouble(of -> share(language, of)).max().orElse(0);
      return Verdict.drop(LANGUAGE, ACCEPTED_SHARE, share, Language.DOMINANT);
    }
    for (Rule rule : rulesOf(language.tag())) {
      Optional<Verdict> dropped = rule.judge(signals);
      if (dropped.isPresent()) {
        return dropped.get();
      }
    }
    return Verdict.KEEP;
  }

  /** Whether a tag is the accepted one or a script of it: zh takes zh-Hans and zh-Hant. */
  private static boolean isOf(String tag, String accepted) {
    return tag.equals(accepted) || tag.startsWith(accepted + "-");
  }

  private static double share(Language language, String accepted) {
    return language.shares().entrySet().stream()
        .filter(entry -> isOf(entry.getKey(), accepted))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private List<Rule> rulesOf(String tag) {
    int subtag = tag.indexOf('-');
    String primary = subtag < 0 ? tag : tag.substring(0, subtag);
    List<Rule> own = rules.getOrDefault(tag, rules.get(primary));
    return own == null ? rules.getOrDefault(ANY, List.of()) : own;
  }
}
