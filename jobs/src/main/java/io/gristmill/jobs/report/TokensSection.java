package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.report.BarChart.Bar;
import io.gristmill.jobs.report.BarChart.Segment;
import io.gristmill.jobs.report.PageSection.Swatch;
import io.gristmill.jobs.report.data.Corpus;
import io.gristmill.jobs.report.data.Corpus.Group;
import io.gristmill.jobs.report.data.Tokenizer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** The tokens by domain and language, to train on and held out. */
final class TokensSection {
  private TokensSection() {}

  /** One domain and language with both splits. */
  private record Row(
      String domain, String language, long documents, long training, long heldOut, long bytes) {
    long tokens() {
      return training + heldOut;
    }

    Row plus(Row other) {
      return new Row(
          domain,
          language,
          documents + other.documents,
          training + other.training,
          heldOut + other.heldOut,
          bytes + other.bytes);
    }
  }

  static PageSection of(Corpus corpus, Tokenizer tokenizer) {
    String title = "Tokens";
    if (corpus.isEmpty()) {
      return PageSection.missing(
          "tokens",
          title,
          tokenizer.vocabularySize() == 0
              ? "Not in this run: no tokenizer and no shards."
              : "The tokenizer has %s tokens, of %s merges; no shards yet."
                  .formatted(
                      Numbers.count(tokenizer.vocabularySize()),
                      Numbers.count(tokenizer.merges())));
    }
    List<Row> rows = rows(corpus);
    return PageSection.of(
        "tokens",
        title,
        lede(corpus, rows),
        PageSection.figure(
            "Tokens by domain and language",
            "Held-out documents are whole clusters of duplicates, so none has a near copy in"
                + " training.",
            PageSection.legend(legend(rows)),
            BarChart.of(
                    "tokens by domain and language", rows.stream().map(TokensSection::bar).toList())
                .node(),
            table(rows)));
  }

  private static String lede(Corpus corpus, List<Row> rows) {
    long tokens = rows.stream().mapToLong(Row::tokens).sum();
    long bytes = rows.stream().mapToLong(Row::bytes).sum();
    String vocabulary =
        corpus.vocabularySize() == 0
            ? ""
            : "A vocabulary of %s tokens turns ".formatted(Numbers.count(corpus.vocabularySize()));
    String counts =
        "%s of text into %s tokens".formatted(Numbers.bytes(bytes), Numbers.count(tokens));
    String each =
        bytes == 0 ? "." : ", %s bytes each.".formatted(Numbers.fixed((double) bytes / tokens, 2));
    long copied = corpus.groups().stream().mapToLong(Group::copiedTokens).sum();
    String copies =
        copied == 0
            ? ""
            : " %s of the tokens are copies of documents of large clusters (rehydration)."
                .formatted(Numbers.count(copied));
    return (vocabulary.isEmpty() ? "The shards turn " : vocabulary) + counts + each + copies;
  }

  private static List<Row> rows(Corpus corpus) {
    var rows = new LinkedHashMap<List<String>, Row>();
    for (Group group : corpus.groups()) {
      rows.merge(List.of(group.domain(), group.language()), row(group), Row::plus);
    }
    return rows.values().stream().sorted(Comparator.comparingLong(Row::tokens).reversed()).toList();
  }

  private static Row row(Group group) {
    return new Row(
        group.domain(),
        group.language(),
        group.documents(),
        group.training() ? group.tokens() : 0,
        group.training() ? 0 : group.tokens(),
        group.bytes());
  }

  private static List<Swatch> legend(List<Row> rows) {
    return Stream.concat(
            rows.stream()
                .map(Row::language)
                .map(tag -> new Swatch("area", Languages.hue(tag), Languages.name(tag)))
                .distinct(),
            Stream.of(new Swatch("area", "hue-all pale", "held out")))
        .toList();
  }

  private static Bar bar(Row row) {
    String hue = Languages.hue(row.language());
    return new Bar(
        PageSection.group(row.domain(), row.language()),
        List.of(
            new Segment(row.training(), hue, Numbers.count(row.training()) + " to train on"),
            new Segment(row.heldOut(), hue + " pale", Numbers.count(row.heldOut()) + " held out")),
        all(
            tag("b", Numbers.brief(row.training())),
            text(" "),
            tag("small", "+ " + Numbers.brief(row.heldOut()) + " held out")));
  }

  private static Html.Node table(List<Row> rows) {
    var table =
        new Table(
            "domain",
            "language",
            "#documents",
            "#training tokens",
            "#held-out tokens",
            "#held out",
            "#bytes of text",
            "#bytes per token");
    for (Row row : rows) {
      table.row(cells(tag("bdi", row.domain()), PageSection.language(row.language()), row));
    }
    if (rows.size() > 1) {
      Row sum = rows.stream().reduce(Row::plus).orElseThrow();
      table.total(cells(text("all"), text(""), sum));
    }
    return table.node();
  }

  private static Html.Node[] cells(Html.Node domain, Html.Node language, Row row) {
    return new Html.Node[] {
      domain,
      language,
      text(Numbers.count(row.documents())),
      text(Numbers.count(row.training())),
      text(Numbers.count(row.heldOut())),
      text(Numbers.percent(row.heldOut(), row.tokens())),
      text(Numbers.bytes(row.bytes())),
      text(Numbers.fixed(row.bytes() == 0 ? Double.NaN : (double) row.bytes() / row.tokens(), 2))
    };
  }
}
