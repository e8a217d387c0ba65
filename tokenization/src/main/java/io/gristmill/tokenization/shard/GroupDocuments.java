package io.gristmill.tokenization.shard;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * The documents of one shard group from the first to the last, one row group in memory at a time.
 */
final class GroupDocuments implements Closeable {
  private final Shards shards;
  private final ShardGroup group;
  private final boolean withTokens;

  private Optional<OpenShardFile> open = Optional.empty();
  private Optional<OpenShardFile.Columns> columns = Optional.empty();
  private int nextFile;
  private int nextRowGroup;
  private long rowsLeft;
  private String id = "";
  private long hash;
  private int length;
  private byte[] tokens = new byte[0];

  GroupDocuments(Shards shards, ShardGroup group, boolean withTokens) {
    this.shards = shards;
    this.group = group;
    this.withTokens = withTokens;
  }

  /** Goes on to the next document; false when there is none. */
  boolean next() throws IOException {
    while (rowsLeft == 0) {
      if (!nextRowGroup()) {
        return false;
      }
    }
    OpenShardFile file = open.get();
    file.reading(
        () -> {
          read(columns.get());
          return true;
        });
    rowsLeft--;
    hash = ShuffleHash.of(shards.index().seed(), id);
    if (withTokens) {
      check(file);
    }
    return true;
  }

  private void read(OpenShardFile.Columns columns) {
    id = columns.readers().get(0).getBinary().toStringUsingUTF8();
    length = columns.readers().get(1).getInteger();
    if (withTokens) {
      tokens = columns.readers().get(2).getBinary().getBytes();
    }
    columns.readers().forEach(reader -> reader.consume());
  }

  private void check(OpenShardFile file) throws IOException {
    TokenWidth width = shards.index().width();
    if (tokens.length != length * width.bytes()) {
      throw file.replaced(
          "a document %s of %d tokens in %d bytes".formatted(id, length, tokens.length));
    }
    if (length == 0 || width.unpack(tokens, length - 1) != shards.index().endOfText()) {
      throw file.replaced("a document %s without its end-of-text token".formatted(id));
    }
    int wrong = width.indexOfAtLeast(tokens, shards.index().vocabularySize());
    if (wrong >= 0) {
      throw file.replaced(
          "the id %d at token %d of document %s".formatted(width.unpack(tokens, wrong), wrong, id));
    }
  }

  private boolean nextRowGroup() throws IOException {
    while (open.isEmpty() || nextRowGroup == open.get().file().rowGroups().size()) {
      if (nextFile == group.files().size()) {
        return false;
      }
      close();
      open = Optional.of(OpenShardFile.open(shards, group.files().get(nextFile++)));
      nextRowGroup = 0;
    }
    String[] names =
        withTokens
            ? new String[] {"document_id", "token_count", "tokens"}
            : new String[] {"document_id", "token_count"};
    OpenShardFile.Columns next = open.get().columns(nextRowGroup++, names);
    columns = Optional.of(next);
    rowsLeft = next.rows();
    return true;
  }

  String id() {
    return id;
  }

  /** What the order of the shards goes by, as unsigned, and then the id. */
  long hash() {
    return hash;
  }

  int length() {
    return length;
  }

  byte[] tokens() {
    return tokens;
  }

  @Override
  public void close() throws IOException {
    if (open.isPresent()) {
      open.get().close();
      open = Optional.empty();
    }
  }
}
