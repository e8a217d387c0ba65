package io.gristmill.tokenization.exchange;

import io.gristmill.tokenization.shard.ShardDocuments;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Shard groups that become one stream of documents in the order of the global shuffle.
 *
 * @param name of its files, without what a format adds
 */
record DataSet(String name, Shards shards, List<ShardGroup> groups) {
  /** One data set a split, or one a group. */
  static List<DataSet> of(Shards shards, boolean merge) {
    List<DataSet> sets = new ArrayList<>();
    for (Split split : Split.values()) {
      List<ShardGroup> groups = shards.index().groups(split);
      if (merge && !groups.isEmpty()) {
        sets.add(new DataSet(name(split), shards, groups));
      } else {
        for (ShardGroup group : groups) {
          String name =
              "%s/%s/%s"
                  .formatted(
                      name(split),
                      ShardGroup.escape(group.domain()),
                      ShardGroup.escape(group.language()));
          sets.add(new DataSet(name, shards, List.of(group)));
        }
      }
    }
    return sets;
  }

  /** As nanoGPT and llm.c call them. */
  private static String name(Split split) {
    return split == Split.TRAIN ? "train" : "val";
  }

  ShardDocuments open() throws IOException {
    return ShardDocuments.open(shards, groups);
  }

  ShardDocuments lengths() throws IOException {
    return ShardDocuments.lengths(shards, groups);
  }

  long documents() {
    return groups.stream().mapToLong(ShardGroup::documents).sum();
  }

  long tokens() {
    return groups.stream().mapToLong(ShardGroup::tokens).sum();
  }
}
