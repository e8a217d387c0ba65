package io.gristmill.curation.dedup;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link PlantedCorpus} is like. Lengths follow a log-normal distribution, as those of web
 * pages do.
 *
 * @param seed of everything
 * @param bytes of text in all, UTF-8, about
 * @param english share of English in the bytes; the rest is Chinese
 * @param meanBytes of a document
 * @param spread standard deviation of the logarithm of a document's bytes
 * @param levels Jaccard similarities of the pairs of {@link PlantedKind#NEAR}, in turns
 * @param shares of the documents that each kind has; the rest is {@link PlantedKind#SINGLE}
 */
record PlantedConfig(
    long seed,
    long bytes,
    double english,
    int meanBytes,
    double spread,
    List<Double> levels,
    Map<PlantedKind, Double> shares)
    implements Serializable {
  /** Usual mean of a document's bytes. */
  static final int MEAN_BYTES = 4000;

  private static final long FILE_BYTES = 64_000_000;

  PlantedConfig {
    levels = List.copyOf(levels);
    shares = Map.copyOf(shares);
    if (bytes < meanBytes || meanBytes < 1000) {
      throw new IllegalArgumentException(
          "%,d bytes in documents of %,d, must be at least one document of 1,000; 4,000 is usual"
              .formatted(bytes, meanBytes));
    }
    if (!(english >= 0 && english <= 1)) {
      throw new IllegalArgumentException(
          "share of English is %s, must be from 0 to 1; 0.5 is usual".formatted(english));
    }
    if (levels.isEmpty() || levels.stream().anyMatch(level -> !(level > 0 && level <= 1))) {
      throw new IllegalArgumentException(
          "levels are %s, must be at least one, above 0 and at most 1".formatted(levels));
    }
    if (shares.containsKey(PlantedKind.SINGLE)) {
      throw new IllegalArgumentException("SINGLE has no share, it is the rest");
    }
    double planted = shares.values().stream().mapToDouble(share -> share).sum();
    if (shares.values().stream().anyMatch(share -> !(share >= 0)) || planted > 1) {
      throw new IllegalArgumentException(
          "shares are %s, must not be negative and at most 1 in all".formatted(shares));
    }
  }

  /** Half English, a third of the documents with relatives, a fifth to be removed. */
  static PlantedConfig usual(long bytes) {
    return new PlantedConfig(
        20260501L,
        bytes,
        0.5,
        MEAN_BYTES,
        1,
        List.of(0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0),
        Map.of(
            PlantedKind.NEAR, 0.1,
            PlantedKind.EXACT, 0.12,
            PlantedKind.TRADITIONAL, 0.02,
            PlantedKind.FULL_WIDTH, 0.02,
            PlantedKind.BOILERPLATE, 0.04,
            PlantedKind.TEMPLATE, 0.04));
  }

  /** The same with another share of one kind, at the cost of the documents that are alone. */
  PlantedConfig with(PlantedKind kind, double share) {
    Map<PlantedKind, Double> changed = new EnumMap<>(PlantedKind.class);
    changed.putAll(shares);
    changed.put(kind, share);
    return new PlantedConfig(seed, bytes, english, meanBytes, spread, levels, changed);
  }

  long documents() {
    return bytes / meanBytes;
  }

  /** Documents in a file of about 64 MB of text. */
  int documentsPerFile() {
    return Math.toIntExact(FILE_BYTES / meanBytes);
  }

  int files() {
    return Math.toIntExact(Math.ceilDiv(documents(), documentsPerFile()));
  }
}
