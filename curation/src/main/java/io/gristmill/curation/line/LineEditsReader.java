package io.gristmill.curation.line;

import io.gristmill.curation.yaml.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which keys of a profile's section {@code lines} become which edits. */
public final class LineEditsReader {
  private LineEditsReader() {}

  /** Reads the section; an empty one takes out nothing. */
  public static LineEdits read(Section section) {
    Map<String, List<LineRule>> rules = new LinkedHashMap<>();
    Section byLanguage = section.section("rules");
    for (String language : byLanguage.keys()) {
      rules.put(
          language,
          byLanguage.sections(language).stream()
              .map(LineEditsReader::rule)
              .flatMap(Optional::stream)
              .toList());
    }
    return section
        .build(
            () ->
                new LineEdits(
                    section.flag("citations", false),
                    section.flag("links", false),
                    section.wholeNumber("most-blank-lines", LineEdits.ANY),
                    rules))
        .orElse(LineEdits.NONE);
  }

  private static Optional<LineRule> rule(Section section) {
    return section.build(
        () -> {
          String reason = section.text("reason");
          String source = section.text("source");
          if (section.has("phrases")) {
            return new LineRule.Phrases(
                reason,
                section.texts("phrases", List.of()),
                section.choice("place", LineRule.Place.class, LineRule.Place.ANYWHERE),
                section.wholeNumber("most-words", LineRule.Phrases.ANY_LENGTH),
                section.choice("removes", LineRule.Removes.class, LineRule.Removes.LINE),
                source);
          }
          if (section.has("pattern")) {
            return new LineRule.Pattern(reason, section.text("pattern"), source);
          }
          return new LineRule.Bound(
              reason,
              LineMeasure.named(section.text("measure")),
              section.number("min", Double.NEGATIVE_INFINITY),
              section.number("max", Double.POSITIVE_INFINITY),
              source);
        });
  }
}
