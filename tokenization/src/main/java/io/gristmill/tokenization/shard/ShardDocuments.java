package io.gristmill.tokenization.shard;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The documents of some shard groups in the order of the global shuffle, one after another: each
 * group is sorted by the hash of its documents already, so all that is needed is a merge. Keeps one
 * row group of each group in memory.
 */
public final class ShardDocuments implements Closeable {
  private static final Comparator<GroupDocuments> ORDER =
      Comparator.comparing(GroupDocuments::hash, Long::compareUnsigned)
          .thenComparing(GroupDocuments::id);

  private final List<GroupDocuments> groups = new ArrayList<>();
  private final PriorityQueue<GroupDocuments> queue = new PriorityQueue<>(ORDER);
  private Optional<GroupDocuments> current = Optional.empty();

  private ShardDocuments(Shards shards, List<ShardGroup> groups, boolean withTokens)
      throws IOException {
    try {
      for (ShardGroup group : groups) {
        GroupDocuments documents = new GroupDocuments(shards, group, withTokens);
        this.groups.add(documents);
        offer(documents);
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The documents with their tokens. */
  public static ShardDocuments open(Shards shards, List<ShardGroup> groups) throws IOException {
    return new ShardDocuments(shards, groups, true);
  }

  /** The lengths of the documents alone, which are read many times faster. */
  public static ShardDocuments lengths(Shards shards, List<ShardGroup> groups) throws IOException {
    return new ShardDocuments(shards, groups, false);
  }

  /**
   * Goes on to the next document; false when there is none.
   *
   * @throws IOException naming the file that is missing, damaged or not the one of the index
   */
  public boolean next() throws IOException {
    if (current.isPresent()) {
      offer(current.get());
    }
    current = Optional.ofNullable(queue.poll());
    return current.isPresent();
  }

  private void offer(GroupDocuments documents) throws IOException {
    if (documents.next()) {
      queue.add(documents);
    }
  }

  /** The number of tokens, the end-of-text token included. */
  public int length() {
    return document().length();
  }

  /** The tokens at the width of the shards, the end-of-text token last. */
  public byte[] tokens() {
    return document().tokens();
  }

  private GroupDocuments document() {
    return current.orElseThrow(() -> new IllegalStateException("no document: call next first"));
  }

  @Override
  public void close() throws IOException {
    for (GroupDocuments documents : groups) {
      documents.close();
    }
  }
}
