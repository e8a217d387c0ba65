package io.gristmill.curation.dedup;

import java.io.Serializable;
import java.util.List;

/**
 * What counts as a duplicate and who survives.
 *
 * @param minhash how near-duplicates are found
 * @param urls whether documents of one address are duplicates whatever their texts
 * @param quality the signal by which the better one survives, before length, date and id
 * @param known outputs of earlier runs that published an index; what they hold always wins
 * @param index whether this run publishes one
 */
public record DuplicatesConfig(
    MinHashConfig minhash, boolean urls, Quality quality, List<String> known, boolean index)
    implements Serializable {
  public DuplicatesConfig {
    known = List.copyOf(known);
  }

  public static DuplicatesConfig defaults() {
    return of(MinHashConfig.defaults());
  }

  /** The usual way with some MinHash. */
  public static DuplicatesConfig of(MinHashConfig minhash) {
    return new DuplicatesConfig(minhash, false, Quality.none(), List.of(), false);
  }
}
