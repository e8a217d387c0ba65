package io.gristmill.curation;

import io.gristmill.curation.source.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Source files shared out over tasks by their bytes alone: the largest first, each to the group
 * that has least so far. There are enough groups for 64 tasks where the input allows, and none is
 * planned above 256 MiB; a larger file is a group of its own.
 */
final class SourceGroups {
  private static final int TASKS = 64;
  private static final long LEAST_BYTES = 4L << 20;
  private static final long MOST_BYTES = 256L << 20;

  private SourceGroups() {}

  /**
   * The groups.
   *
   * @param files in the order of the listing, which each group keeps
   */
  static List<List<SourceFile>> of(List<SourceFile> files) {
    long bytes = files.stream().mapToLong(SourceFile::length).sum();
    long planned = Math.clamp(bytes / TASKS, LEAST_BYTES, MOST_BYTES);
    int count = Math.toIntExact(Math.clamp(Math.ceilDiv(bytes, planned), 1, files.size()));
    var lightest =
        new PriorityQueue<Group>(
            Comparator.comparingLong((Group group) -> group.bytes)
                .thenComparingInt(group -> group.number));
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      groups.add(new Group(i));
    }
    lightest.addAll(groups);
    files.stream()
        .sorted(Comparator.comparingLong(SourceFile::length).reversed())
        .forEach(
            file -> {
              Group group = lightest.remove();
              group.files.add(file);
              group.bytes += file.length();
              lightest.add(group);
            });
    Comparator<SourceFile> listed = Comparator.comparing(SourceFile::relative);
    return groups.stream().map(group -> group.files.stream().sorted(listed).toList()).toList();
  }

  private static final class Group {
    private final int number;
    private final List<SourceFile> files = new ArrayList<>();
    private long bytes;

    private Group(int number) {
      this.number = number;
    }
  }
}
