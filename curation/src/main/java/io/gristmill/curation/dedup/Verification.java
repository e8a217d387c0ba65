package io.gristmill.curation.dedup;

import io.gristmill.curation.dedup.Duplicate.Survivor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Decides the members of a group one after the other, best survivor first: a document goes if its
 * shingle set is similar enough to that of a document that stays, else it stays. So a removed
 * document always resembles a kept one, and a chain of small differences removes nothing by itself.
 *
 * <p>Holds the kept members of one group at a time, and of those no more than a fixed number: in a
 * group of thousands of documents that do not resemble each other, the later ones are compared with
 * the best of them only.
 */
final class Verification implements Iterator<Duplicate> {
  private static final int MOST_KEPT = 2_048;
  private static final int MOST_SHINGLES = 8 << 20;

  private final Iterator<Candidate> candidates;
  private final double similarity;
  private final List<Candidate> kept = new ArrayList<>();
  private long group = Members.UNGROUPED;
  private int shingles;

  /**
   * @param candidates group by group, each in survivor order
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
    if (candidate.member().group() != group) {
      group = candidate.member().group();
      kept.clear();
      shingles = 0;
    }
    Optional<Survivor> survivor = survivor(candidate);
    if (survivor.isEmpty()) {
      keep(candidate);
    }
    return Duplicate.of(candidate.node(), candidate.member(), survivor);
  }

  private Optional<Survivor> survivor(Candidate candidate) {
    if (SurvivorOrder.known(candidate.node())) {
      return Optional.empty();
    }
    for (Candidate other : kept) {
      Optional<Survivor> found =
          candidate.content().duplicateOf(other.node(), other.content(), similarity);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private void keep(Candidate candidate) {
    int size = candidate.content().shingles().size();
    if (kept.isEmpty() || (kept.size() < MOST_KEPT && shingles + size <= MOST_SHINGLES)) {
      kept.add(candidate);
      shingles += size;
    }
  }
}
