package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;
import static io.gristmill.jobs.report.ReportPage.fact;

import io.gristmill.tokenization.quality.QualityReport;
import io.gristmill.tokenization.quality.VocabularyUse;
import java.util.ArrayList;
import java.util.List;

/** The tokenizer report as a page, in the dress of the run report. */
public final class QualityPage {
  private QualityPage() {}

  /** HTML that is well-formed XML too; the same report gives the same bytes. */
  public static String render(QualityReport report) {
    List<PageSection> sections =
        List.of(
            CompressionSection.of(report),
            VocabularySection.of(report),
            TokenUseSection.of(report),
            VocabularySizeSection.of(report));
    return ReportPage.page(
        "tokenizer", report.name(), facts(report), List.of(), sections, footer(report));
  }

  private static Html.Node facts(QualityReport report) {
    VocabularyUse use = report.own().use();
    var facts = new ArrayList<Html.Node>();
    facts.add(
        fact(
            Numbers.count(report.own().vocabularySize()),
            "tokens in the vocabulary",
            Numbers.count(use.encodable()) + " that text can give"));
    for (String language : report.languages()) {
      var measures = report.own().measures(report.heldOut(), language);
      facts.add(
          fact(
              Numbers.fixed(measures.tokensPerCharacter(), 3),
              "tokens per character, " + Languages.name(language),
              Numbers.fixed(measures.bytesPerToken(), 2) + " bytes per token"));
    }
    facts.add(
        fact(
            Numbers.percent(use.underTrained(), use.encodable()),
            "of the vocabulary under-trained",
            Numbers.count(use.unused()) + " tokens unused"));
    return tag("ul.facts", all(facts));
  }

  private static Html.Node footer(QualityReport report) {
    return tag(
        "footer",
        tag("p", text("Tokenizer SHA-256 "), tag("code", report.own().sha256())),
        tag(
            "p",
            "%s. All figures are in quality.json beside this page.".formatted(looked(report))));
  }

  private static String looked(QualityReport report) {
    double fraction = report.config().sample().fraction();
    return fraction < 1
        ? "Counted in %s of the documents, chosen by their ids".formatted(Numbers.percent(fraction))
        : "Counted in all documents";
  }

  /** A vocabulary size as it is chosen: a law does not tell more than two digits. */
  static long rounded(double size) {
    double unit = Math.pow(10, Math.floor(Math.log10(size)) - 1);
    return Math.round(size / unit) * Math.round(unit);
  }
}
