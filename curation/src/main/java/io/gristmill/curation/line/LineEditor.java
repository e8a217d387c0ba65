package io.gristmill.curation.line;

import com.google.re2j.Pattern;
import io.gristmill.curation.filter.Edited;
import io.gristmill.curation.filter.TextEdit;
import io.gristmill.curation.language.Language;
import io.gristmill.curation.text.Characters;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Edits texts as a profile says: first parts of lines go (citations, links, phrases), then lines,
 * then surplus blank lines. Made once, used for any number of texts; safe for threads.
 */
public final class LineEditor implements TextEdit {
  /** Reason of blank lines beyond those that may follow each other. */
  public static final String BLANK_LINES = "blank_lines";

  private final LineEdits edits;
  private final Map<String, List<Step>> steps;

  public LineEditor(LineEdits edits) {
    this.edits = edits;
    steps =
        edits.rules().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> entry.getValue().stream().map(Step::of).toList()));
  }

  /**
   * The text without what the profile takes out. A text that nothing is taken from comes back as it
   * is; else blank lines at its beginning and end go too.
   *
   * @param language chooses the rules: those of its tag, else of the tag's first part, else of
   *     {@code *}
   */
  @Override
  public Edited edit(String text, Language language) {
    return edit(text, language.tag());
  }

  Edited edit(String text, String tag) {
    List<Step> rules = steps(tag);
    if (rules.isEmpty() && edits.none()) {
      return Edited.unchanged(text);
    }
    var removed = new Removed();
    int[] page = inline(Characters.codePoints(text), rules, removed);
    int length = lines(page, rules, removed);
    return removed.nothing()
        ? Edited.unchanged(text)
        : new Edited(trimmed(page, length), removed.characters(), removed.words());
  }

  private List<Step> steps(String language) {
    return Language.lookup(steps, language, List.of());
  }

  private int[] inline(int[] page, List<Step> rules, Removed removed) {
    var cuts = new Cuts();
    if (edits.citations()) {
      Citations.find(page, cuts);
    }
    if (edits.links()) {
      Links.find(page, cuts);
    }
    for (Step step : rules) {
      if (step instanceof PhraseStep(PhraseSet phrases)
          && phrases.rule().removes() == LineRule.Removes.PHRASE) {
        PhraseCuts.find(page, phrases, cuts);
      }
    }
    return cuts.none() ? page : cuts.apply(page, removed);
  }

  /** Moves the lines that stay to the front of the page and gives their length. */
  private int lines(int[] page, List<Step> rules, Removed removed) {
    int[] text = page.clone(); // a line is moved in the page while others are yet to be read
    int[] lower = PhraseSet.lower(text);
    Map<Integer, Integer> seen = new HashMap<>();
    boolean repeats = rules.stream().anyMatch(Step::repeats);
    var lines = new PageLines(text);
    int length = 0;
    int blank = 0;
    while (lines.advance()) {
      if (lines.blank()) {
        if (++blank > edits.mostBlankLines()) {
          removed.add(BLANK_LINES, text, lines.start(), lines.end());
          continue;
        }
      } else {
        int same =
            repeats ? seen.merge(hash(lower, lines.from(), lines.to()), 1, Integer::sum) - 1 : 0;
        var line = new Line(text, lower, lines.from(), lines.to(), same);
        Step step = first(rules, line);
        if (step != null) {
          removed.add(step.reason(), text, lines.start(), lines.end());
          continue;
        }
        blank = 0;
      }
      System.arraycopy(text, lines.start(), page, length, lines.end() - lines.start());
      length += lines.end() - lines.start();
    }
    return length;
  }

  private static Step first(List<Step> rules, Line line) {
    for (Step step : rules) {
      if (step.removes(line)) {
        return step;
      }
    }
    return null;
  }

  private static int hash(int[] text, int from, int to) {
    return Arrays.hashCode(Arrays.copyOfRange(text, from, to));
  }

  /** The text without blank lines at its ends. */
  private static String trimmed(int[] page, int length) {
    int from = 0;
    int to = length;
    for (int at = 0; at < to && space(page[at]); at++) {
      from = PageLines.endsLine(page[at]) ? at + 1 : from;
    }
    for (int at = length; at > from && space(page[at - 1]); at--) {
      to = PageLines.endsLine(page[at - 1]) ? at - 1 : to;
    }
    return new String(page, from, to - from);
  }

  private static boolean space(int codePoint) {
    return (Characters.of(codePoint) & Characters.SPACE) != 0;
  }

  /** A rule made ready. */
  private sealed interface Step {
    static Step of(LineRule rule) {
      return switch (rule) {
        case LineRule.Bound bound -> new BoundStep(bound);
        case LineRule.Phrases phrases -> new PhraseStep(new PhraseSet(phrases));
        case LineRule.Pattern(String reason, String pattern, _) ->
            new PatternStep(reason, Pattern.compile(pattern));
      };
    }

    String reason();

    boolean removes(Line line);

    default boolean repeats() {
      return false;
    }
  }

  private record BoundStep(LineRule.Bound rule) implements Step {
    @Override
    public String reason() {
      return rule.reason();
    }

    @Override
    public boolean removes(Line line) {
      return rule.removes(line);
    }

    @Override
    public boolean repeats() {
      return rule.measure() == LineMeasure.REPEATS;
    }
  }

  private record PhraseStep(PhraseSet phrases) implements Step {
    @Override
    public String reason() {
      return phrases.rule().reason();
    }

    @Override
    public boolean removes(Line line) {
      return phrases.rule().removes() == LineRule.Removes.LINE && phrases.removes(line);
    }
  }

  private record PatternStep(String reason, Pattern pattern) implements Step {
    @Override
    public boolean removes(Line line) {
      return pattern.matcher(new String(line.text(), line.from(), line.length())).find();
    }
  }
}
