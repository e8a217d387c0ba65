package io.gristmill.curation.decontamination;

import io.gristmill.curation.dedup.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks for one item around a place of a document. */
final class Verification {
  private final Tokens tokens;
  private final int[] grams;
  private final int gramCount;
  private final NGrams ngrams;
  private final double overlap;

  /**
   * @param grams prints of the document's n-grams by the token that they begin with
   * @param gramCount how many there are
   */
  Verification(Tokens tokens, int[] grams, int gramCount, NGrams ngrams, double overlap) {
    this.tokens = tokens;
    this.grams = grams;
    this.gramCount = gramCount;
    this.ngrams = ngrams;
    this.overlap = overlap;
  }

  /**
   * The passage among some n-grams that has most of an item, of those that have enough and a
   * companion beside them. A window as long as the anchor may be scattered slides over the n-grams
   * that are the item's, and is looked at whenever it cannot grow.
   *
   * @param from first token of the n-grams
   * @param to token after the last of them
   */
  Optional<Match> match(int item, Evidence evidence, int from, int to) {
    var hits = new Hits(evidence.grams(), Math.max(0, from), Math.min(gramCount, to));
    int needed = evidence.needed(overlap);
    Optional<Match> best = Optional.empty();
    int[] held = new int[hits.count < needed ? 0 : evidence.grams().length];
    int distinct = 0;
    int first = 0;
    for (int last = 0; last < hits.count && hits.count >= needed; last++) {
      distinct += held[hits.which[last]]++ == 0 ? 1 : 0;
      while (hits.at[last] - hits.at[first] > evidence.span() || held[hits.which[first]] > 1) {
        distinct -= --held[hits.which[first++]] == 0 ? 1 : 0;
      }
      boolean grows =
          last + 1 < hits.count
              && held[hits.which[last + 1]] == 0
              && hits.at[last + 1] - hits.at[first] <= evidence.span();
      if (!grows && distinct >= needed && distinct > best.map(Match::grams).orElse(0)) {
        double score = (double) distinct / evidence.grams().length;
        int end = ngrams.end(tokens, hits.at[last]);
        var match = new Match(item, score, distinct, hits.at[first], end);
        if (evidence.alone() || accompanied(evidence, match)) {
          best = Optional.of(match);
        }
      }
    }
    return best;
  }

  private boolean accompanied(Evidence evidence, Match match) {
    if (evidence.any().stream().anyMatch(part -> beside(part, evidence.near(), match))) {
      return true;
    }
    List<Part> half = evidence.half();
    long found = half.stream().filter(part -> beside(part, evidence.near(), match)).count();
    return found > 0 && 2 * found >= half.size();
  }

  /** Whether a part stands before or after the passage, not within it. */
  private boolean beside(Part part, int near, Match match) {
    return holds(part, Math.max(0, match.start() - near), match.start())
        || holds(part, match.end(), Math.min(tokens.count(), match.end() + near));
  }

  private boolean holds(Part part, int from, int to) {
    return part.whole() ? holdsWhole(part.prints(), from, to) : holdsGrams(part.prints(), from, to);
  }

  private boolean holdsWhole(int[] prints, int from, int to) {
    for (int start = from; start + prints.length <= to; start++) {
      int same = 0;
      while (same < prints.length && tokens.fingerprint(start + same) == prints[same]) {
        same++;
      }
      if (same == prints.length) {
        return true;
      }
    }
    return false;
  }

  private boolean holdsGrams(int[] prints, int from, int to) {
    var found = new boolean[prints.length];
    int distinct = 0;
    for (int start = from;
        start < Math.min(to, gramCount) && ngrams.end(tokens, start) <= to;
        start++) {
      int which = Arrays.binarySearch(prints, grams[start]);
      if (which >= 0 && !found[which]) {
        found[which] = true;
        distinct++;
      }
    }
    return 2 * distinct >= prints.length;
  }

  /** The n-grams of a stretch of the document that are an item's. */
  private final class Hits {
    private final int[] at;
    private final int[] which;
    private int count;

    private Hits(int[] wanted, int from, int to) {
      at = new int[to - from];
      which = new int[to - from];
      for (int start = from; start < to; start++) {
        int found = Arrays.binarySearch(wanted, grams[start]);
        if (found >= 0) {
          at[count] = start;
          which[count++] = found;
        }
      }
    }
  }
}
