package io.gristmill.curation.document;

import io.gristmill.curation.filter.LineSignals;
import io.gristmill.curation.language.Language;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A record with what was measured of it, before a profile decides. Absent strings are empty.
 *
 * @param outcome kept as far as reading and language go, rejected or failed
 * @param stage where it left the curation; of no meaning when kept
 * @param id 32 lowercase hex digits
 * @param text present when it is stored
 * @param textBytes length of the text in UTF-8, stored or not
 * @param signals in the order of {@link io.gristmill.curation.filter.Signals#names}, null where not
 *     measured, or empty
 * @param scores what the configured scorers gave, by name
 * @param lineSignals what was measured of each line of the stored text, or empty
 * @param redactions replaced personal data by kind
 * @param removed code points that were taken out of the text before it was measured, by reason
 * @param declared what it says about itself
 */
public record Document(
    Outcome outcome,
    Stage stage,
    String id,
    String url,
    Optional<String> text,
    long textBytes,
    Language language,
    String domain,
    String source,
    Optional<Instant> fetchedAt,
    String title,
    List<Double> signals,
    Map<String, Double> scores,
    List<LineSignals> lineSignals,
    Cause cause,
    Map<String, Integer> redactions,
    Map<String, Integer> removed,
    Declared declared) {
  public Document {
    lineSignals = List.copyOf(lineSignals);
    signals = Collections.unmodifiableList(Arrays.asList(signals.toArray(Double[]::new)));
  }
}
