package io.gristmill.mixing.mixture;

import java.util.List;

/**
 * The training tokens that the entropy of a line of the mixture is measured on. Shards lie in
 * random order, so the first tokens of a group are a random sample of its documents.
 *
 * @param label of the line, for people
 * @param parts of the groups that the line takes, in proportion to their sizes
 */
public record EntropySample(String label, List<Part> parts) {
  public EntropySample {
    parts = List.copyOf(parts);
  }

  /**
   * The beginning of a shard group.
   *
   * @param tokens from its first
   */
  public record Part(String domain, String language, long tokens) {}

  /** Tokens in all. */
  public long tokens() {
    return parts.stream().mapToLong(Part::tokens).sum();
  }
}
