package io.gristmill.trainer.data;

import io.gristmill.mixing.packing.ValidationSequences;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.trainer.model.Batch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The held-out windows of every domain and language, cut into units of a micro-batch each. The cut
 * does not depend on who computes which unit.
 */
public final class ValidationBatches {
  private final ValidationSequences sequences;
  private final List<Unit> units;
  private final int[] byteLengths;

  /** Consecutive windows of one group. */
  public record Unit(int group, long firstWindow, int windows) {}

  /**
   * A unit ready for the model.
   *
   * @param targets tokens that it predicts
   * @param bytes of text that these stand for
   */
  public record Held(Batch batch, long targets, long bytes) {}

  /**
   * @param microBatch windows in a unit
   * @param tokensPerGroup at most this many tokens of a group are used, whole windows from its
   *     beginning; 0 for all
   * @param byteLengths bytes of text that each token id stands for
   */
  public ValidationBatches(
      ValidationSequences sequences,
      int sequenceLength,
      int microBatch,
      long tokensPerGroup,
      int[] byteLengths) {
    this.sequences = sequences;
    this.byteLengths = byteLengths;
    this.units = new ArrayList<>();
    for (int group = 0; group < sequences.groups().size(); group++) {
      long windows = sequences.count(group);
      windows = Math.min(windows, windows(tokensPerGroup, sequenceLength));
      for (long first = 0; first < windows; first += microBatch) {
        units.add(new Unit(group, first, (int) Math.min(microBatch, windows - first)));
      }
    }
  }

  /** Windows that hold this many tokens of a group; all of them for 0. */
  public static long windows(long tokensPerGroup, int sequenceLength) {
    return tokensPerGroup == 0
        ? Long.MAX_VALUE
        : Math.ceilDiv(tokensPerGroup, (long) sequenceLength);
  }

  /** The held-out groups, in the order of shards.json. */
  public List<ShardGroup> groups() {
    return sequences.groups();
  }

  /** All units, group by group. */
  public List<Unit> units() {
    return List.copyOf(units);
  }

  /** Reads one unit; threads may call it at the same time with a buffer each. */
  public Held read(Unit unit, BatchBuffer buffer) throws IOException {
    long targets = 0;
    long bytes = 0;
    for (int row = 0; row < unit.windows(); row++) {
      int[] tokens = buffer.sequence();
      int count = sequences.read(unit.group(), unit.firstWindow() + row, tokens);
      for (int i = 1; i <= count; i++) {
        bytes += byteLengths[tokens[i]];
      }
      targets += count;
      buffer.place(row, count);
    }
    return new Held(buffer.batch(unit.windows()), targets, bytes);
  }
}
