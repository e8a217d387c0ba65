package io.gristmill.curation;

import io.gristmill.curation.source.Asked;
import io.gristmill.curation.source.SourceFile;
import io.gristmill.curation.source.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Source files shared out over tasks by their bytes alone: in splits of what a group is planned to
 * have, the largest first, each to the group that has least so far. There are enough groups for 64
 * tasks where the input allows, and none is planned above 256 MiB.
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
  static List<List<Split>> of(List<SourceFile> files, Asked asked) {
    long planned = planned(files.stream().mapToLong(asked::bytes).sum());
    return grouped(
        files.stream().flatMap(file -> Split.of(file, planned, asked).stream()).toList(), planned);
  }

  /** Groups of a sample of the files, which may be empty. */
  static List<List<Split>> sample(List<SourceFile> files, double share, Asked asked) {
    List<Split> splits =
        files.stream().flatMap(file -> Split.sample(file, share, asked).stream()).toList();
    return grouped(splits, planned(splits.stream().mapToLong(Split::bytes).sum()));
  }

  private static long planned(long bytes) {
    return Math.clamp(bytes / TASKS, LEAST_BYTES, MOST_BYTES);
  }

  private static List<List<Split>> grouped(List<Split> splits, long planned) {
    long bytes = splits.stream().mapToLong(Split::bytes).sum();
    int count =
        Math.toIntExact(Math.clamp(Math.ceilDiv(bytes, planned), 1, Math.max(1, splits.size())));
    var lightest =
        new PriorityQueue<Group>(
            Comparator.comparingLong((Group group) -> group.bytes)
                .thenComparingInt(group -> group.number));
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      groups.add(new Group(i));
    }
    lightest.addAll(groups);
    splits.stream()
        .sorted(Comparator.comparingLong(Split::bytes).reversed())
        .forEach(
            split -> {
              Group group = lightest.remove();
              group.splits.add(split);
              group.bytes += split.bytes();
              lightest.add(group);
            });
    Comparator<Split> listed =
        Comparator.comparing((Split split) -> split.file().relative())
            .thenComparingLong(Split::from);
    return groups.stream().map(group -> group.splits.stream().sorted(listed).toList()).toList();
  }

  private static final class Group {
    private final int number;
    private final List<Split> splits = new ArrayList<>();
    private long bytes;

    private Group(int number) {
      this.number = number;
    }
  }
}
