package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.report.BarChart.Bar;
import io.gristmill.jobs.report.BarChart.Segment;
import io.gristmill.tokenization.quality.Group;
import io.gristmill.tokenization.quality.Measures;
import io.gristmill.tokenization.quality.QualityReport;
import io.gristmill.tokenization.quality.TokenizerQuality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How short texts become, by tokenizer, language and domain. */
final class CompressionSection {
  private CompressionSection() {}

  static PageSection of(QualityReport report) {
    return PageSection.of(
        "compression",
        "Compression",
        lede(report),
        PageSection.figure(
            "Tokens per character by tokenizer",
            "Less is shorter: of the same text, fewer steps of the model. Char parts: tokens that are one byte of a character of several. Rényi: how evenly the vocabulary is used, at most 1.",
            byTokenizer(report),
            languages(report)),
        PageSection.figure(
            "Bytes per token by domain",
            "Of this run's tokenizer; more is shorter.",
            byDomain(report),
            domains(report)));
  }

  private static String lede(QualityReport report) {
    return report.heldOut()
        ? "Measured on the held-out documents, which this run's tokenizer was not trained on."
        : "Measured on the training documents, since none is held out: new text becomes somewhat"
            + " longer than this.";
  }

  private static Html.Node byTokenizer(QualityReport report) {
    var bars = new ArrayList<Bar>();
    for (String language : report.languages()) {
      for (TokenizerQuality tokenizer : report.tokenizers()) {
        Measures measures = tokenizer.measures(report.heldOut(), language);
        bars.add(
            new Bar(
                Html.all(tag("bdi", tokenizer.name()), text(" · "), PageSection.language(language)),
                List.of(
                    new Segment(
                        measures.tokensPerCharacter(),
                        Languages.hue(language),
                        Numbers.fixed(measures.tokensPerCharacter(), 4))),
                Numbers.fixed(measures.tokensPerCharacter(), 3)));
      }
    }
    return BarChart.of("tokens per character by tokenizer and language", bars).node();
  }

  private static Html.Node languages(QualityReport report) {
    var table =
        new Table(
            "tokenizer",
            "language",
            "#vocabulary",
            "#bytes/token",
            "#tokens/char",
            "#tokens/word",
            "#whole words",
            "#single bytes",
            "#char parts",
            "#Rényi");
    for (String language :
        Stream.concat(report.languages().stream(), Stream.of(TokenizerQuality.ALL)).toList()) {
      for (TokenizerQuality tokenizer : report.tokenizers()) {
        Measures measures = tokenizer.measures(report.heldOut(), language);
        Html.Node[] cells = {
          tag("bdi", tokenizer.name()),
          text(language.equals(TokenizerQuality.ALL) ? "all" : language),
          text(Numbers.count(tokenizer.vocabularySize())),
          text(Numbers.fixed(measures.bytesPerToken(), 3)),
          text(Numbers.fixed(measures.tokensPerCharacter(), 3)),
          text(Numbers.fixed(measures.tokensPerWord(), 3)),
          text(Numbers.percent(measures.wholeWordShare())),
          text(Numbers.percent(measures.singleByteShare())),
          text(Numbers.percent(measures.partialByteShare())),
          text(Numbers.fixed(measures.renyiEfficiency(), 3))
        };
        if (language.equals(TokenizerQuality.ALL)) {
          table.total(cells);
        } else {
          table.row(cells);
        }
      }
    }
    return table.node();
  }

  private static List<Map.Entry<Group, Measures>> groups(QualityReport report) {
    return report.own().measures().entrySet().stream()
        .filter(entry -> entry.getKey().heldOut() == report.heldOut())
        .filter(entry -> !entry.getKey().domain().equals(TokenizerQuality.ALL))
        .toList();
  }

  private static Html.Node byDomain(QualityReport report) {
    return BarChart.of(
            "bytes per token by domain and language",
            groups(report).stream()
                .map(
                    entry ->
                        new Bar(
                            PageSection.group(entry.getKey().domain(), entry.getKey().language()),
                            List.of(
                                new Segment(
                                    entry.getValue().bytesPerToken(),
                                    Languages.hue(entry.getKey().language()),
                                    Numbers.fixed(entry.getValue().bytesPerToken(), 4))),
                            Numbers.fixed(entry.getValue().bytesPerToken(), 2)))
                .toList())
        .node();
  }

  private static Html.Node domains(QualityReport report) {
    var table =
        new Table(
            "domain",
            "language",
            "#documents",
            "#characters",
            "#tokens",
            "#bytes/token",
            "#tokens/char",
            "#tokens/word",
            "#whole words",
            "#char parts",
            "#Rényi");
    for (Map.Entry<Group, Measures> entry : groups(report)) {
      Measures measures = entry.getValue();
      table.row(
          tag("bdi", entry.getKey().domain()),
          text(entry.getKey().language()),
          text(Numbers.count(measures.documents())),
          text(Numbers.brief(measures.characters())),
          text(Numbers.brief(measures.tokens())),
          text(Numbers.fixed(measures.bytesPerToken(), 3)),
          text(Numbers.fixed(measures.tokensPerCharacter(), 3)),
          text(Numbers.fixed(measures.tokensPerWord(), 3)),
          text(Numbers.percent(measures.wholeWordShare())),
          text(Numbers.percent(measures.partialByteShare())),
          text(Numbers.fixed(measures.renyiEfficiency(), 3)));
    }
    return table.node();
  }
}
