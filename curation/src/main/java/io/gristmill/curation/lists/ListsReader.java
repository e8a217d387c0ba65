package io.gristmill.curation.lists;

import io.gristmill.curation.yaml.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which keys of a profile's section {@code lists} become which lists. */
public final class ListsReader {
  private ListsReader() {}

  /**
   * Reads the items of {@code lists}.
   *
   * @param taken names of signals and scores, which no list may have
   */
  public static List<ListConfig> read(Section profile, Set<String> taken) {
    Set<String> names = new HashSet<>(taken);
    return profile.sections("lists").stream()
        .map(section -> list(section, names))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<ListConfig> list(Section section, Set<String> taken) {
    Optional<ListConfig> list =
        section.build(
            () ->
                new ListConfig(
                    section.text("name"),
                    ListKind.named(section.text("kind")),
                    section.texts("files", List.of()),
                    section.texts("languages", List.of())));
    if (list.isPresent() && list.get().values().stream().anyMatch(name -> !taken.add(name))) {
      section.refuse(
          "name",
          "is %s, which names a signal, a score or another list; choose another"
              .formatted(list.get().name()));
    }
    return list;
  }
}
