package io.gristmill.trainer.data;

import io.gristmill.mixing.packing.TrainingSequences;
import io.gristmill.trainer.model.Batch;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The micro-batches of a run. Batch b is sequences b G to (b + 1) G - 1 of the mixture, G the
 * global batch, and step s takes batch s unless another takes its place; slot k of S takes the k-th
 * run of G / S of them, micro-batch by micro-batch.
 */
public final class TrainingBatches {
  private final TrainingSequences sequences;
  private final int globalBatch;
  private final int slots;
  private final int microBatch;

  /** Sizes in sequences; {@code slots * microBatch} divides {@code globalBatch}. */
  public TrainingBatches(TrainingSequences sequences, int globalBatch, int slots, int microBatch) {
    if (globalBatch % (slots * microBatch) != 0) {
      throw new IllegalArgumentException(
          "%d slots of micro-batches of %d sequences do not divide a global batch of %d"
              .formatted(slots, microBatch, globalBatch));
    }
    this.sequences = sequences;
    this.globalBatch = globalBatch;
    this.slots = slots;
    this.microBatch = microBatch;
  }

  /** Tokens that one step predicts. */
  public long tokensPerStep() {
    return (long) globalBatch * sequenceLength();
  }

  private int sequenceLength() {
    return sequences.mixture().sequenceLength();
  }

  /** Micro-batches in a slot. */
  public int microBatches() {
    return globalBatch / slots / microBatch;
  }

  /**
   * The ids of the documents in a slot, each once, in the order of its sequences.
   *
   * @param batch from 0
   */
  public List<String> documents(long batch, int slot) throws IOException {
    int own = globalBatch / slots;
    Set<String> ids = new LinkedHashSet<>();
    for (int i = 0; i < own; i++) {
      ids.addAll(sequences.documents(batch * globalBatch + (long) slot * own + i));
    }
    return List.copyOf(ids);
  }

  /** The ids of the documents in a batch, each once, in the order of its sequences. */
  public List<String> documents(long batch) throws IOException {
    Set<String> ids = new LinkedHashSet<>();
    for (int slot = 0; slot < slots; slot++) {
      ids.addAll(documents(batch, slot));
    }
    return List.copyOf(ids);
  }

  /**
   * Reads one micro-batch; threads may call it at the same time with a buffer each.
   *
   * @param number of the batch, from 0
   */
  public Batch read(long number, int slot, int micro, BatchBuffer buffer) throws IOException {
    long first =
        number * globalBatch + (long) slot * (globalBatch / slots) + (long) micro * microBatch;
    for (int row = 0; row < microBatch; row++) {
      sequences.read(first + row, buffer.sequence());
      buffer.place(row, sequenceLength());
    }
    return buffer.batch(microBatch);
  }
}
