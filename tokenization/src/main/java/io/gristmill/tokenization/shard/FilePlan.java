package io.gristmill.tokenization.shard;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which files the groups are written to. The number of files of a group follows from the bytes of
 * its texts alone, and the file of a document from its hash, so that the cluster changes nothing.
 *
 * @param groups in the order of their files
 */
record FilePlan(List<Files> groups) implements Serializable {
  /** The name of a group. */
  record Name(Split split, String domain, String language) implements Serializable {
    static final Comparator<Name> ORDER =
        Comparator.comparing(Name::split).thenComparing(Name::domain).thenComparing(Name::language);
  }

  /** The files of a group: {@code count} of them, numbered from {@code first} over all groups. */
  record Files(Name name, int first, int count) implements Serializable {

    /** The file of a document: the hashes are cut into {@code count} equal ranges. */
    int file(long hash) {
      return first + (int) Math.unsignedMultiplyHigh(hash, count);
    }

    /** The path of a file within the folder of the shards. */
    String path(int file) {
      return "%s/part-%05d.parquet"
          .formatted(ShardGroup.folder(name.split(), name.domain(), name.language()), file - first);
    }
  }

  /**
   * @param textBytes UTF-8 bytes of the texts of each group
   * @param targetFileBytes of text per file
   */
  static FilePlan of(Map<Name, Long> textBytes, long targetFileBytes) {
    TreeMap<Name, Long> sorted = new TreeMap<>(Name.ORDER);
    sorted.putAll(textBytes);
    List<Files> groups = new ArrayList<>();
    int first = 0;
    for (Map.Entry<Name, Long> group : sorted.entrySet()) {
      int count = Math.toIntExact(Math.max(1, Math.ceilDiv(group.getValue(), targetFileBytes)));
      groups.add(new Files(group.getKey(), first, count));
      first = Math.addExact(first, count);
    }
    return new FilePlan(List.copyOf(groups));
  }

  /**
   * @throws IllegalArgumentException if there is no group of one of these domains
   */
  void requireDomains(Set<String> domains) {
    Set<String> there =
        groups.stream().map(files -> files.name().domain()).collect(Collectors.toSet());
    ShardIndex.requireDomains(domains, there);
  }

  /** The number of files of all groups. */
  int fileCount() {
    Files last = groups.get(groups.size() - 1);
    return last.first() + last.count();
  }

  /** The files of each group by its name. */
  Map<Name, Files> byName() {
    Map<Name, Files> byName = new HashMap<>();
    groups.forEach(files -> byName.put(files.name(), files));
    return byName;
  }

  /** The group that a file belongs to. */
  Files groupOf(int file) {
    int low = 0;
    int high = groups.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (groups.get(middle).first() <= file) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return groups.get(low);
  }
}
