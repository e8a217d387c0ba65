package io.gristmill.tokenization.shard;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How documents become token shards.
 *
 * @param seed the order of the documents and the choice of the held-out ones
 * @param validationFraction the part of the near-duplicate clusters that is held out, 0 to 0.5
 * @param targetFileBytes UTF-8 bytes of text per file; the files come out at about half of it
 * @param rowGroupTokens tokens per Parquet row group, the unit of reading
 * @param domainPrefix whether every document begins with the name of its domain and a newline
 *     (Allen-Zhu and Li 2024, Physics of Language Models 3.3, arXiv 2404.05405)
 * @param rehydration how often training documents are written, by their clusters
 * @param domains what mixtures call a domain, by its name among the documents; the others keep
 *     theirs. Names alone: to change it encodes nothing again
 */
public record ShardConfig(
    long seed,
    double validationFraction,
    long targetFileBytes,
    int rowGroupTokens,
    boolean domainPrefix,
    Rehydration rehydration,
    Map<String, String> domains)
    implements Serializable {
  public ShardConfig {
    domains = Collections.unmodifiableSortedMap(new TreeMap<>(domains));
    new Holdout(seed, validationFraction);
    if (targetFileBytes < 1024) {
      throw new IllegalArgumentException(
          "shards.target-file-bytes is %d, must be at least 1024; 536870912 is usual"
              .formatted(targetFileBytes));
    }
    if (rowGroupTokens < 1024 || rowGroupTokens > 1 << 26) {
      throw new IllegalArgumentException(
          "shards.row-group-tokens is %d, must be 1024 to 67108864; 524288 is usual"
              .formatted(rowGroupTokens));
    }
    domains.forEach(
        (domain, name) -> {
          if (domain.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException(
                "shards.domains has \"%s\": \"%s\", a name must not be empty"
                    .formatted(domain, name));
          }
        });
  }

  /** Every document once. */
  public ShardConfig(
      long seed,
      double validationFraction,
      long targetFileBytes,
      int rowGroupTokens,
      boolean domainPrefix,
      Map<String, String> domains) {
    this(
        seed,
        validationFraction,
        targetFileBytes,
        rowGroupTokens,
        domainPrefix,
        Rehydration.none(),
        domains);
  }

  /**
   * Two documents of a hundred held out, files from 512 MB of text, row groups of 524,288 tokens.
   */
  public static ShardConfig defaults() {
    return new ShardConfig(0, 0.02, 512L << 20, 1 << 19, false, Map.of());
  }

  /** The documents kept out of training. */
  public Holdout holdout() {
    return new Holdout(seed, validationFraction);
  }
}
