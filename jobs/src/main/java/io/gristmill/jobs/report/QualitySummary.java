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
  private static final String ROW = "%-24s %-9s %12s %12s %12s %12s %8s";

  private QualitySummary() {}

  /** A line per tokenizer and language, one per tokenizer on its use, one on the size. */
  public static List<String> lines(QualityReport report) {
    var lines = new ArrayList<String>();
    lines.add(
        ROW.formatted(
            "tokenizer",
            "language",
            "bytes/token",
            "tokens/char",
            "tokens/word",
            "whole words",
            "Renyi"));
    for (TokenizerQuality tokenizer : report.tokenizers()) {
      for (String language : report.languages()) {
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
            "recommended vocabulary: about %,d for %s parameters and %s characters (extrapolated)",
            QualityPage.rounded(advice.recommended()),
            Numbers.brief(advice.parameters()),
            Numbers.brief(advice.characters())));
    return lines;
  }

  private static String line(TokenizerQuality tokenizer, String language, Measures measures) {
    return ROW.formatted(
        "%s (%,d)".formatted(tokenizer.name(), tokenizer.vocabularySize()),
        language,
        Numbers.fixed(measures.bytesPerToken(), 3),
        Numbers.fixed(measures.tokensPerCharacter(), 3),
        Numbers.fixed(measures.tokensPerWord(), 3),
        Numbers.percent(measures.wholeWordShare()),
        Numbers.fixed(measures.renyiEfficiency(), 3));
  }
}
