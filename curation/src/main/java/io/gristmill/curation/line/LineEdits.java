package io.gristmill.curation.line;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a profile takes out of texts.
 *
 * @param citations whether {@code [12]}, {@code [edit]}, {@code [citation needed]} and their
 *     Chinese like go
 * @param links whether addresses that are written out go
 * @param mostBlankLines blank lines that may follow each other; {@link #ANY} for any number
 * @param rules by language: a BCP 47 tag ({@code zh-Hant}), a language ({@code zh}) or {@code *}
 *     for those that are not named; the first that hits takes a line
 */
public record LineEdits(
    boolean citations, boolean links, int mostBlankLines, Map<String, List<LineRule>> rules)
    implements Serializable {
  /** As many blank lines as there are. */
  public static final int ANY = Integer.MAX_VALUE;

  /** Takes out nothing. */
  public static final LineEdits NONE = new LineEdits(false, false, ANY, Map.of());

  public LineEdits {
    if (mostBlankLines < 0) {
      throw new IllegalArgumentException(
          "most-blank-lines is %d, must be 0 or more; 1 is usual".formatted(mostBlankLines));
    }
    rules =
        rules.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
  }

  /** Share of its words that a text lost. */
  public static final String WORD_REMOVAL_SHARE = "word_removal_share";

  /** Share of its characters that a text lost for a reason. */
  public static String removedShare(String reason) {
    return "removed_%s_share".formatted(reason);
  }

  /** The names of what rules can compare of an edited text. */
  public Set<String> values() {
    Set<String> values = new TreeSet<>();
    if (!none()) {
      values.add(WORD_REMOVAL_SHARE);
      values.add(removedShare(Citations.REASON));
      values.add(removedShare(Links.REASON));
      values.add(removedShare(LineEditor.BLANK_LINES));
      rules.values().forEach(list -> list.forEach(rule -> values.add(removedShare(rule.reason()))));
    }
    return values;
  }

  /** Whether a text always stays as it is. */
  public boolean none() {
    return !citations && !links && mostBlankLines == ANY && rules.isEmpty();
  }
}
