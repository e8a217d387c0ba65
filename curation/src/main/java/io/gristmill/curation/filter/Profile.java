package io.gristmill.curation.filter;

import io.gristmill.curation.language.Language;
import io.gristmill.curation.line.LineEdits;
import io.gristmill.curation.lists.ListConfig;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * A named set of rules, in the order in which they give the verdict. What they read was measured
 * before, whatever the profile; see {@link Profiles} for those that come with the program.
 *
 * @param name of a built-in profile, or the path of the user's own
 * @param rules the rules by language: the tag, else its first subtag ({@code zh} for {@code
 *     zh-Hans}), else {@code *}
 * @param lines what is taken out of texts before they are measured
 * @param lists which of the user's lists are looked at
 */
public record Profile(
    String name, Map<String, List<Rule>> rules, LineEdits lines, List<ListConfig> lists)
    implements Serializable {
  /** How sure the language is, which rules may read as if it were a signal. */
  public static final String LANGUAGE_SCORE = "language_score";

  public Profile {
    rules = Collections.unmodifiableMap(new TreeMap<>(rules));
    lists = List.copyOf(lists);
  }

  /**
   * The first rule that fails gives the verdict.
   *
   * @param measured a signal or score by its name; NaN where it does not exist for the document
   * @param language the document's tag
   */
  public Verdict judge(ToDoubleFunction<String> measured, String language) {
    for (Rule rule : rulesOf(language)) {
      Optional<Verdict> dropped = rule.judge(measured);
      if (dropped.isPresent()) {
        return dropped.get();
      }
    }
    return Verdict.KEEP;
  }

  /** The rules that a document of this tag is judged by, in order. */
  public List<Rule> rulesOf(String tag) {
    return Language.lookup(rules, tag, List.of());
  }

  /** The names of all signals and scores that some rule reads. */
  public SortedSet<String> reads() {
    var names = new TreeSet<String>();
    rules.values().forEach(list -> list.forEach(rule -> names.add(rule.signal())));
    return names;
  }
}
