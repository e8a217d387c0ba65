package io.gristmill.curation.decontamination;

import io.gristmill.curation.decontamination.SourcePlaces.Place;
import io.gristmill.curation.dedup.FoldedText;
import io.gristmill.curation.dedup.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Checks one document after the other, in the same buffers; what it finds does not depend on those
 * before. Defined for every text. Not for several threads.
 */
final class Screening {
  /**
   * Rows a document at most, the best items: a copy of a whole set would have thousands. {@link
   * Contamination#items} counts them all.
   */
  static final int MOST_ROWS = 100;

  private final ItemIndex index;
  private final Lookup lookup;
  private final FoldedText folded = new FoldedText();
  private final Tokens tokens = new Tokens();

  Screening(ItemIndex index) {
    this.index = index;
    this.lookup = new Lookup(index);
  }

  /** The items that a document holds, the best first. */
  List<Contamination> screen(String id, int file, int row, String text) {
    tokens.read(folded.fold(text));
    List<Match> matches = lookup.matches(tokens);
    if (matches.isEmpty()) {
      return List.of();
    }
    List<Match> best = matches.subList(0, Math.min(MOST_ROWS, matches.size()));
    var places =
        new SourcePlaces(
            text, best.stream().flatMapToInt(match -> IntStream.of(first(match), last(match))));
    List<Contamination> rows = new ArrayList<>();
    for (Match match : best) {
      Place first = places.of(first(match));
      int end = places.of(last(match)).to();
      int shown = Math.min(end - first.from(), ItemIndex.SHOWN);
      String passage =
          text.substring(first.offset(), text.offsetByCodePoints(first.offset(), shown));
      rows.add(
          new Contamination(
              id,
              file,
              row,
              rows.size() + 1,
              matches.size(),
              index.set(match.item()),
              index.id(match.item()),
              match.score(),
              index.config().overlap(),
              first.from(),
              end,
              passage,
              index.text(match.item())));
    }
    return rows;
  }

  private int first(Match match) {
    return tokens.start(match.start());
  }

  private int last(Match match) {
    return tokens.end(match.end() - 1) - 1;
  }
}
