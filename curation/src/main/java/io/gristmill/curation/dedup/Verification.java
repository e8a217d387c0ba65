package io.gristmill.curation.dedup;

import io.gristmill.curation.dedup.Duplicate.Survivor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Decides the members of a component one after the other, best survivor first: a document goes if
 * its shingle set is similar enough to that of a document that stays, else it stays. So a removed
 * document always resembles a kept one, and a chain of small differences removes nothing by itself.
 * Holds the kept members of one component at a time.
 */
final class Verification implements Iterator<Duplicate> {
  private final Iterator<Candidate> candidates;
  private final double similarity;
  private final List<Candidate> kept = new ArrayList<>();
  private Optional<Candidate> root = Optional.empty();

  /**
   * @param candidates component by component, each in survivor order
   * @param similarity least Jaccard similarity of a duplicate
   */
  Verification(Iterator<Candidate> candidates, double similarity) {
    this.candidates = candidates;
    this.similarity = similarity;
  }

  @Override
  public boolean hasNext() {
    return candidates.hasNext();
  }

  @Override
  public Duplicate next() {
    Candidate candidate = candidates.next();
    if (root.isEmpty() || !candidate.member().root().equals(root.get().node())) {
      kept.clear();
      root = Optional.of(candidate);
    }
    Optional<Survivor> survivor = survivor(candidate);
    if (survivor.isEmpty()) {
      kept.add(candidate);
    }
    long at = candidate.node().at();
    return new Duplicate(
        candidate.id(),
        (int) (at >> 32),
        (int) at,
        survivor,
        root.get().id(),
        candidate.member().clusterSize());
  }

  private Optional<Survivor> survivor(Candidate candidate) {
    for (Candidate other : kept) {
      if (candidate.sameText(other)) {
        return Optional.of(new Survivor(Duplicate.EXACT_DUPLICATE, other.id(), 1));
      }
      double found = candidate.shingles().jaccard(other.shingles(), similarity);
      if (found >= 0) {
        return Optional.of(new Survivor(Duplicate.NEAR_DUPLICATE, other.id(), found));
      }
    }
    return Optional.empty();
  }
}
