package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.report.PageSection.Swatch;
import io.gristmill.tokenization.quality.QualityReport;
import io.gristmill.tokenization.quality.SizeQuality;
import io.gristmill.tokenization.quality.VocabularyAdvice;
import java.util.ArrayList;
import java.util.List;

/** The same tokenizer at other sizes, and which of them the vocabulary law recommends. */
final class VocabularySizeSection {
  private static final int HEIGHT = 260;

  private VocabularySizeSection() {}

  static PageSection of(QualityReport report) {
    return PageSection.of(
        "size",
        "Vocabulary size",
        lede(report.advice()),
        tag("p.note", caution(report.advice())),
        PageSection.figure(
            "Tokens per character by vocabulary size",
            "The size as a power of two: 13 is 8,192.",
            PageSection.legend(
                report.languages().stream()
                    .map(
                        language ->
                            new Swatch("line", Languages.hue(language), Languages.name(language)))
                    .toList()),
            chart(report)),
        PageSection.figure(
            "What each size costs",
            "Embedding: parameters, size times hidden size. Cost: compute to train over a character, the cheapest of these 1. Loss above best: by"
                + " the law, in nats per token less a unigram model's, all trained with the"
                + " same compute.",
            table(report)),
        PageSection.figure(
            "The recommendation",
            "For the model and the text of this run.",
            reasons(report.advice())));
  }

  private static String lede(VocabularyAdvice advice) {
    return "For %s parameters outside of the vocabulary, hidden size %d, and %s characters of training text, the vocabulary law recommends about %s tokens. By the counts alone, training over this text is cheapest at about %s."
        .formatted(
            Numbers.brief(advice.parameters()),
            advice.hiddenSize(),
            Numbers.brief(advice.characters()),
            Numbers.count(QualityPage.rounded(advice.recommended())),
            Numbers.count(QualityPage.rounded(advice.cheapest())));
  }

  private static String caution(VocabularyAdvice advice) {
    String language = "This is an extrapolation: the law was fitted on English web text alone";
    return advice.beyond().isEmpty()
        ? language + "."
        : language + ", and " + String.join("; ", advice.beyond()) + ".";
  }

  private static Html.Node chart(QualityReport report) {
    var lines = new ArrayList<Line>();
    var sizes = new ArrayList<Double>();
    var values = new ArrayList<Double>();
    for (String language : report.languages()) {
      var points = new ArrayList<Point>();
      for (SizeQuality size : report.sweep()) {
        double x = Math.log(size.vocabularySize()) / Math.log(2);
        double y = size.languages().get(language).tokensPerCharacter();
        points.add(new Point(x, y));
        sizes.add(x);
        values.add(y);
      }
      lines.add(new Line(Languages.name(language), Languages.hue(language), points));
    }
    values.add(0.0);
    return new LineChart(
            "tokens per character by vocabulary size",
            "vocabulary 2 to the",
            lines,
            List.of(),
            Scale.around(sizes, 6),
            Scale.around(values, 5),
            HEIGHT)
        .node();
  }

  private static Html.Node table(QualityReport report) {
    var columns = new ArrayList<>(List.of("#vocabulary"));
    for (String language : report.languages()) {
      columns.add("#tokens/char " + language);
    }
    columns.addAll(
        List.of(
            "#bytes/token",
            "#Rényi",
            "#unused",
            "#under-trained",
            "#embedding",
            "#cost",
            "#loss above best"));
    var table = new Table(columns.toArray(String[]::new));
    for (int i = 0; i < report.sweep().size(); i++) {
      SizeQuality size = report.sweep().get(i);
      VocabularyAdvice.Size advice = report.advice().sizes().get(i);
      var cells = new ArrayList<Html.Node>(List.of(text(Numbers.count(size.vocabularySize()))));
      for (String language : report.languages()) {
        cells.add(text(Numbers.fixed(size.languages().get(language).tokensPerCharacter(), 3)));
      }
      cells.addAll(
          List.of(
              text(Numbers.fixed(size.all().bytesPerToken(), 3)),
              text(Numbers.fixed(size.all().renyiEfficiency(), 3)),
              text(Numbers.percent(size.unused(), size.encodable())),
              text(Numbers.percent(size.underTrainedShare())),
              text(Numbers.brief(advice.embeddingParameters())),
              text(Numbers.fixed(advice.relativeCost(), 3)),
              text(Numbers.fixed(advice.lossAboveBest(), 3))));
      table.row("tr", cells);
    }
    return table.node();
  }

  private static Html.Node reasons(VocabularyAdvice advice) {
    var table = new Table("rule", "#vocabulary", "what it assumes");
    reason(
        table,
        "least loss at the compute of this text",
        advice.recommended(),
        "the loss law; %s operations".formatted(Numbers.measure(advice.compute())));
    reason(
        table,
        "power law of compute",
        advice.byCompute(),
        "that the model suits the compute as well");
    reason(
        table,
        "power law of the model",
        advice.byModel(),
        "that the compute suits the model as well");
    reason(
        table,
        "cheapest per character",
        advice.cheapest(),
        "no law, only the curve of this text; within the sizes above");
    return all(
        table.node(),
        tag(
            "p.more",
            "Tokens per character of this text: %s ln² V %+.4f ln V %+.4f, fitted to the sizes above, off by at most %s."
                .formatted(
                    Numbers.measure(advice.curve().a()),
                    advice.curve().b(),
                    advice.curve().c(),
                    Numbers.percent(advice.curve().error()))));
  }

  private static void reason(Table table, String rule, double size, String assumes) {
    table.row(text(rule), text(Numbers.count(QualityPage.rounded(size))), text(assumes));
  }
}
