package io.gristmill.mixing.packing;

import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardReader;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.Split;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The held-out tokens of each domain and language in consecutive windows. An end-of-text token
 * stands before the first document, as it stands before every other one, so that every held-out
 * token is a target exactly once. Thread-safe.
 */
public final class ValidationSequences implements Closeable {
  private final List<ShardReader> readers;
  private final int sequenceLength;
  private final int endOfText;

  private ValidationSequences(List<ShardReader> readers, int sequenceLength, int endOfText) {
    this.readers = readers;
    this.sequenceLength = sequenceLength;
    this.endOfText = endOfText;
  }

  /** Opens the held-out groups of the shards, in the order of shards.json. */
  public static ValidationSequences open(Shards shards, int sequenceLength) {
    List<ShardReader> readers =
        shards.index().groups(Split.VALIDATION).stream().map(shards::reader).toList();
    return new ValidationSequences(readers, sequenceLength, shards.index().endOfText());
  }

  /**
   * The held-out groups: their domain, language, tokens (all of them targets) and bytes of text.
   */
  public List<ShardGroup> groups() {
    return readers.stream().map(ShardReader::group).toList();
  }

  /** The number of windows of a group. */
  public long count(int group) {
    return Math.ceilDiv(readers.get(group).tokens(), (long) sequenceLength);
  }

  /**
   * Reads a window.
   *
   * @param group index in {@link #groups()}
   * @param window 0 to {@code count(group) - 1}
   * @param tokens output, int[T + 1]; one element more than the number returned is written
   * @return the number of targets: T, in the last window perhaps fewer
   */
  public int read(int group, long window, int[] tokens) throws IOException {
    ShardReader reader = readers.get(group);
    long first = window * sequenceLength; // of the targets
    if (window < 0 || first >= reader.tokens()) {
      throw new IndexOutOfBoundsException(
          "validation window %d of %d of %s"
              .formatted(window, count(group), reader.group().label()));
    }
    int targets = (int) Math.min(sequenceLength, reader.tokens() - first);
    if (first == 0) {
      tokens[0] = endOfText;
      reader.read(0, tokens, 1, targets);
    } else {
      reader.read(first - 1, tokens, 0, targets + 1);
    }
    return targets;
  }

  @Override
  public void close() throws IOException {
    for (ShardReader reader : readers) {
      reader.close();
    }
  }
}
