package io.gristmill.benchmark;

import io.gristmill.trainer.model.Batch;
import io.gristmill.trainer.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is trained: a model, and how many sequences a step has.
 *
 * @param length tokens of a sequence
 * @param globalBatch sequences of a step
 * @param microBatch sequences that a thread of ours computes at once
 */
record Setting(String name, ModelConfig model, int length, int globalBatch, int microBatch) {
  static Setting named(String name) {
    return switch (name) {
      case "15m" -> new Setting(name, ModelConfig.of(32_000, 288, 6, 6, 768, 256), 256, 32, 4);
      case "110m" -> new Setting(name, ModelConfig.of(32_000, 768, 12, 12, 2048, 512), 512, 4, 2);
      default ->
          throw new IllegalArgumentException("setting is %s, must be 15m or 110m".formatted(name));
    };
  }

  /** Micro-batches of a step. */
  int slots() {
    return globalBatch / microBatch;
  }

  /** Tokens of a step. */
  int tokens() {
    return globalBatch * length;
  }

  /** Floating-point operations of a step, in 10^9. */
  double gigaflops() {
    return model.trainingFlopsPerToken(length) * tokens() / 1e9;
  }

  /** The random tokens of one step, cut into batches of {@code sequences}. */
  List<Batch> batches(long seed, int sequences) {
    var random = new SplittableRandom(seed);
    int[] tokens = random.ints(tokens(), 0, model.vocabularySize()).toArray();
    int[] targets = random.ints(tokens(), 0, model.vocabularySize()).toArray();
    List<Batch> batches = new ArrayList<>();
    int size = sequences * length;
    for (int from = 0; from < tokens(); from += size) {
      batches.add(
          new Batch(
              sequences, length, cut(tokens, from, size), cut(targets, from, size), new int[size]));
    }
    return batches;
  }

  private static int[] cut(int[] values, int from, int size) {
    int[] part = new int[size];
    System.arraycopy(values, from, part, 0, size);
    return part;
  }
}
