package io.gristmill.curation.decontamination;

import io.gristmill.curation.dedup.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the items that a document holds: one pass over its n-grams, and a verification around each
 * seed of an item.
 */
final class Lookup {
  private final ItemIndex index;
  private final NGrams ngrams;

  Lookup(ItemIndex index) {
    this.index = index;
    this.ngrams = NGrams.of(index.config());
  }

  /** Every item that a document holds, the best first. */
  List<Match> matches(Tokens tokens) {
    int[] grams = new int[tokens.count()];
    int count = ngrams.each(tokens, (start, gram) -> grams[start] = NGrams.fingerprint(gram));
    var verification = new Verification(tokens, grams, count, ngrams, index.config().overlap());
    Map<Integer, Integer> verifiedTo = new HashMap<>();
    Map<Integer, Match> best = new HashMap<>();
    for (int start = 0; start < count; start++) {
      for (int posting = index.posting(grams[start]); posting >= 0; posting = index.next(posting)) {
        int item = index.item(posting);
        if (verifiedTo.getOrDefault(item, -1) < start) {
          Evidence evidence = index.evidence(item);
          // every passage with a seed up to start + span lies between these
          Optional<Match> match =
              verification.match(
                  item, evidence, start - evidence.span(), start + 2 * evidence.span() + 1);
          match.ifPresent(found -> best.merge(item, found, Lookup::better));
          verifiedTo.put(item, start + evidence.span());
        }
      }
    }
    List<Match> matches = new ArrayList<>(best.values());
    matches.sort(Match.BEST_FIRST);
    return matches;
  }

  private static Match better(Match one, Match other) {
    return other.score() > one.score() ? other : one;
  }
}
