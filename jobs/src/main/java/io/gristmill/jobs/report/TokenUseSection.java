package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.at;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.tokenization.quality.QualityReport;
import io.gristmill.tokenization.quality.TokenUse;
import io.gristmill.tokenization.quality.TokenizerQuality;
import io.gristmill.tokenization.quality.VocabularyUse;
import java.util.List;

/** Tokens that the training text has too seldom, too long ones, and the most frequent. */
final class TokenUseSection {
  private static final int OPEN = 20;
  private static final int SHOWN = 40;

  private TokenUseSection() {}

  static PageSection of(QualityReport report) {
    VocabularyUse use = report.own().use();
    return PageSection.of(
        "use",
        "Use",
        "How often the training text has each token. A token with few occurrences keeps an"
            + " embedding that was hardly trained; %s occurrences are the threshold here."
                .formatted(Numbers.count(report.config().underTrainedBelow())),
        PageSection.figure(
            "Rare tokens",
            "Of the tokens that text can give. Unreachable: unused, and its own text is encoded otherwise. A step towards another is a side of a merge: training needed it on the way.",
            counts(report)),
        PageSection.figure(
            "The least used tokens of this run",
            "Counted in %s tokens; single bytes left out.".formatted(Numbers.brief(use.tokens())),
            head(use.rarest(), use.tokens())),
        PageSection.figure(
            "The longest tokens of this run",
            "With their counts. Look for separators and boilerplate: text that curation should have"
                + " removed.",
            tag(
                "div.columns",
                tag("figure", tag("figcaption", "All"), counted(use.longest())),
                tag("figure", tag("figcaption", "Han"), counted(use.longestHan())))),
        PageSection.figure(
            "The most frequent tokens of this run",
            "By language of the documents.",
            tag(
                "div.columns",
                all(
                    use.frequent().entrySet().stream()
                        .map(
                            entry ->
                                tag(
                                    "figure",
                                    tag("figcaption", PageSection.language(entry.getKey())),
                                    counted(entry.getValue())))
                        .toList()))));
  }

  private static Html.Node counts(QualityReport report) {
    var table =
        new Table(
            "tokenizer",
            "#unused",
            "#of these single bytes",
            "#unreachable",
            "#under-trained",
            "#steps towards another",
            "#below 1 per million");
    for (TokenizerQuality tokenizer : report.tokenizers()) {
      VocabularyUse use = tokenizer.use();
      table.row(
          tag("bdi", tokenizer.name()),
          text(with(use.unused(), use.encodable())),
          text(Numbers.count(use.unusedBytes())),
          text(Numbers.count(use.unreachable())),
          text(with(use.underTrained(), use.encodable())),
          text(Numbers.count(use.intermediates())),
          text(with(use.perMillion(), use.encodable())));
    }
    return table.node();
  }

  private static String with(int part, int whole) {
    return Numbers.count(part) + " · " + Numbers.percent(part, whole);
  }

  /** The first ones, the others folded away. */
  private static Html.Node head(List<TokenUse> uses, long tokens) {
    if (uses.isEmpty()) {
      return tag("p.empty", "Every token is met often enough.");
    }
    List<TokenUse> rest = uses.subList(Math.min(OPEN, uses.size()), uses.size());
    return all(
        list(uses.subList(0, Math.min(OPEN, uses.size())), tokens),
        rest.isEmpty()
            ? all()
            : tag("details", tag("summary", "%d more".formatted(rest.size())), list(rest, tokens)));
  }

  private static Html.Node list(List<TokenUse> uses, long tokens) {
    var table = new Table("token", "#id", "#count", "#per million", "written in", "step towards");
    for (TokenUse use : uses) {
      table.row(
          TokenText.of(use),
          text(Integer.toString(use.id())),
          text(Numbers.count(use.count())),
          text(Numbers.measure(1e6 * use.count() / tokens)),
          text(VocabularySection.name(use.kind())),
          use.into().isEmpty() ? text("") : TokenText.of(use.into()));
    }
    return table.node();
  }

  /** Tokens in a row, each with its count. */
  private static Html.Node counted(List<TokenUse> uses) {
    return tag(
        "p.tokens",
        all(
            uses.stream()
                .limit(SHOWN)
                .map(
                    use ->
                        tag(
                            "span",
                            at("title", Numbers.count(use.count())),
                            TokenText.of(use),
                            text(" "),
                            tag("small", Numbers.brief(use.count())),
                            text(" ")))
                .toList()));
  }
}
