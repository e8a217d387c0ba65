package io.gristmill.jobs.report;

import io.gristmill.tokenization.quality.Measures;
import io.gristmill.tokenization.quality.QualityReport;
import io.gristmill.tokenization.quality.TokenizerQuality;
import io.gristmill.tokenization.quality.VocabularyAdvice;
import io.gristmill.tokenization.quality.VocabularyUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tokenizer report in some lines, for a terminal. */
public final class QualitySummary {
  private static final String ROW = "%-9s %12s %12s %12s %12s %12s %8s  %s";

  private QualitySummary() {}

  /** A line per tokenizer and language, one per tokenizer on its use, one on the size. */
  public static List<String> lines(QualityReport report) {
    var lines = new ArrayList<String>();
    lines.add(
        ROW.formatted(
            "language",
            "bytes/token",
            "tokens/char",
            "tokens/word",
            "whole words",
            "single bytes",
            "Renyi",
            "tokenizer"));
    for (String language : report.languages()) {
      for (TokenizerQuality tokenizer : report.tokenizers()) {
        lines.add(line(tokenizer, language, tokenizer.measures(report.heldOut(), language)));
      }
    }
    for (TokenizerQuality tokenizer : report.tokenizers()) {
      VocabularyUse use = tokenizer.use();
      lines.add(
          "%s: of %,d tokens %,d unused, %,d under-trained (below %,d)"
              .formatted(
                  tokenizer.name(),
                  use.encodable(),
                  use.unused(),
                  use.underTrained(),
                  report.config().underTrainedBelow()));
    }
    VocabularyAdvice advice = report.advice();
    lines.add(
        String.format(
            Locale.ROOT,
            "vocabulary for %s other parameters and %s characters: about %,d by the law, which is"
                + " extrapolated here; training is cheapest at about %,d",
            Numbers.brief(advice.parameters()),
            Numbers.brief(advice.characters()),
            QualityPage.rounded(advice.recommended()),
            QualityPage.rounded(advice.cheapest())));
    return lines;
  }

  private static String line(TokenizerQuality tokenizer, String language, Measures measures) {
    return ROW.formatted(
        language,
        Numbers.fixed(measures.bytesPerToken(), 3),
        Numbers.fixed(measures.tokensPerCharacter(), 3),
        Numbers.fixed(measures.tokensPerWord(), 3),
        Numbers.percent(measures.wholeWordShare()),
        Numbers.percent(measures.singleByteShare()),
        Numbers.fixed(measures.renyiEfficiency(), 3),
        "%s (%,d)".formatted(tokenizer.name(), tokenizer.vocabularySize()));
  }
}
