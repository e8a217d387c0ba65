package io.gristmill.curation.quality.fasttext;

import java.util.Arrays;

/** The Huffman tree of labels in hierarchical softmax, built as the library builds it. */
final class LabelTree {
  private static final long ABSENT = 1_000_000_000_000_000L; // the library's "no node yet"

  private final int labels;
  private final int[] parent;
  private final boolean[] right;

  /**
   * @param counts how often each label was seen, most frequent first
   */
  LabelTree(long[] counts) {
    labels = counts.length;
    int nodes = 2 * labels - 1;
    parent = new int[nodes];
    right = new boolean[nodes];
    Arrays.fill(parent, -1);
    long[] weights = Arrays.copyOf(counts, nodes);
    Arrays.fill(weights, labels, nodes, ABSENT);
    int leaf = labels - 1;
    int inner = labels;
    for (int node = labels; node < nodes; node++) {
      int first = leaf >= 0 && weights[leaf] < weights[inner] ? leaf-- : inner++;
      int second = leaf >= 0 && weights[leaf] < weights[inner] ? leaf-- : inner++;
      weights[node] = weights[first] + weights[second];
      parent[first] = node;
      parent[second] = node;
      right[second] = true;
    }
  }

  /** The log of a label's probability: the decisions on the way from it to the root. */
  double logProbability(int label, float[] hidden, Matrix output) {
    double sum = 0;
    for (int node = label; parent[node] >= 0; node = parent[node]) {
      double goesRight = 1 / (1 + Math.exp(-output.dot(hidden, parent[node] - labels)));
      sum += Math.log((right[node] ? goesRight : 1 - goesRight) + FastTextModel.LOG_OFFSET);
    }
    return sum;
  }
}
