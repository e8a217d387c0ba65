package io.gristmill.trainer.kernel;

/**
 * The sizes of one causal, grouped-query attention.
 *
 * <p>Queries are {@code float[sequences * queries * heads * headSize]}, keys and values {@code
 * float[sequences * keys * keyValueHeads * headSize]}, row-major in that order. The queries are the
 * last positions: query i stands at position {@code keys - queries + i} and sees no later key.
 *
 * @param queries positions that ask, per sequence; all of them in training, one in generation
 * @param keys positions that may be seen, per sequence
 * @param scale what scores are multiplied by; 1/sqrt(headSize) is usual
 */
public record AttentionShape(
    int sequences, int queries, int keys, int heads, int keyValueHeads, int headSize, float scale) {
  public AttentionShape {
    if (sequences < 1 || queries < 1 || keys < queries || headSize < 1) {
      throw new IllegalArgumentException(
          "attention of %d sequences, %d queries, %d keys, head size %d; all must be positive, keys at least queries"
              .formatted(sequences, queries, keys, headSize));
    }
    if (keyValueHeads < 1 || heads % keyValueHeads != 0) {
      throw new IllegalArgumentException(
          "attention with %d heads over %d key-value heads; the second must divide the first"
              .formatted(heads, keyValueHeads));
    }
  }

  /** Every position asks, with scores over sqrt(headSize): the usual shape of training. */
  public static AttentionShape training(
      int sequences, int length, int heads, int keyValueHeads, int headSize) {
    float scale = (float) (1 / Math.sqrt(headSize));
    return new AttentionShape(sequences, length, length, heads, keyValueHeads, headSize, scale);
  }

  /** Elements of queries and of the output. */
  public int queryElements() {
    return sequences * queries * heads * headSize;
  }

  /** Elements of keys, and of values. */
  public int keyElements() {
    return sequences * keys * keyValueHeads * headSize;
  }

  /** Elements of the softmax statistics, {@code float[sequences, heads, queries]}. */
  public int statistics() {
    return sequences * heads * queries;
  }

  int firstQuery() {
    return keys - queries;
  }

  int queryStride() {
    return heads * headSize;
  }

  int keyStride() {
    return keyValueHeads * headSize;
  }
}
