package io.gristmill.curation.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds files by how their paths end: of those with the name, the one whose folders agree the
 * furthest from the end.
 */
final class PathEnds {
  private final Map<String, List<SourceFile>> byName = new HashMap<>();
  private final Map<String, SourceFile> found = new HashMap<>();

  PathEnds(List<SourceFile> files) {
    files.forEach(
        file -> byName.computeIfAbsent(name(file.path()), key -> new ArrayList<>()).add(file));
  }

  /**
   * The file of a path.
   *
   * @throws IllegalArgumentException if there is none, or if several agree alike
   */
  SourceFile file(String path) {
    return found.computeIfAbsent(path, this::search);
  }

  private SourceFile search(String path) {
    List<SourceFile> candidates = byName.getOrDefault(name(path), List.of());
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException(
          "names %s, and no file of the source is called so; widen its path, or take out the lines of other files"
              .formatted(path));
    }
    int most = candidates.stream().mapToInt(file -> agreeing(file.path(), path)).max().orElse(0);
    List<SourceFile> best =
        candidates.stream().filter(file -> agreeing(file.path(), path) == most).toList();
    if (best.size() > 1) {
      throw new IllegalArgumentException(
          "names %s, which may be %s or %s; write more of the path into the index"
              .formatted(path, best.get(0).path(), best.get(1).path()));
    }
    return best.getFirst();
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** How many names agree, from the end on. */
  private static int agreeing(String one, String other) {
    String[] left = one.split("/+");
    String[] right = other.split("/+");
    int count = 0;
    while (count < Math.min(left.length, right.length)
        && left[left.length - 1 - count].equals(right[right.length - 1 - count])) {
      count++;
    }
    return count;
  }
}
