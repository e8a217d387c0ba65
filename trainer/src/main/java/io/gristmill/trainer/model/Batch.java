package io.gristmill.trainer.model;

/**
 * The tokens of one micro-batch, row-major {@code int[sequences * length]}.
 *
 * @param targets the token to predict at each position; -1 where there is none
 * @param documentStart index, within its sequence, of the first position of each token's document
 */
@SuppressWarnings("ArrayRecordComponent") // a view: copies of arrays this large are what it avoids
public record Batch(int sequences, int length, int[] tokens, int[] targets, int[] documentStart) {
  public Batch {
    if (sequences < 1 || length < 1) {
      throw new IllegalArgumentException(
          "batch of %d sequences of %d tokens; both must be at least 1"
              .formatted(sequences, length));
    }
    int size = Math.multiplyExact(sequences, length);
    if (tokens.length < size || targets.length < size || documentStart.length < size) {
      throw new IllegalArgumentException(
          "batch of %d sequences of %d tokens has %d tokens, %d targets, %d document starts; each must be %d"
              .formatted(
                  sequences, length, tokens.length, targets.length, documentStart.length, size));
    }
    int previous = 0;
    for (int i = 0; i < size; i++) {
      int position = i % length;
      int start = documentStart[i];
      if (start < 0 || start > position || (position > 0 && start < previous)) {
        throw new IllegalArgumentException(
            "document start of position %d in sequence %d is %d, must be between that of the position before and %d"
                .formatted(position, i / length, start, position));
      }
      previous = start;
    }
  }

  /** Tokens in the batch, targets or not. */
  public int size() {
    return sequences * length;
  }

  /** Positions with a target: what a mean loss is divided by. */
  public int targetCount() {
    int count = 0;
    for (int i = 0; i < size(); i++) {
      if (targets[i] >= 0) {
        count++;
      }
    }
    return count;
  }
}
