package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.tokenization.quality.QualityReport;
import io.gristmill.tokenization.quality.TokenKind;
import io.gristmill.tokenization.quality.TokenizerQuality;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** What the vocabularies consist of. */
final class VocabularySection {
  private VocabularySection() {}

  static PageSection of(QualityReport report) {
    return PageSection.of(
        "vocabulary",
        "Vocabulary",
        "What the tokens are written in, whatever text they meet; white space before a word is not"
            + " counted.",
        kinds(report),
        han(report));
  }

  private static Html.Node kinds(QualityReport report) {
    Table table = new Table(columns("tokens of", report));
    for (TokenKind kind : TokenKind.values()) {
      row(table, name(kind), report, tokenizer -> tokenizer.makeup().kinds().get(kind));
    }
    return PageSection.figure(
        "By script", "Tokens, and their part of the vocabulary.", table.node());
  }

  private static Html.Node han(QualityReport report) {
    Table table = new Table(columns("Han characters", report));
    var lengths = new TreeSet<Integer>();
    report.tokenizers().forEach(each -> lengths.addAll(each.makeup().hanLengths().keySet()));
    for (int length : lengths) {
      row(
          table,
          Integer.toString(length),
          report,
          tokenizer -> tokenizer.makeup().hanLengths().getOrDefault(length, 0));
    }
    return PageSection.figure(
        "Han tokens by length", "Tokens of so many Han characters alone.", table.node());
  }

  private static String[] columns(String first, QualityReport report) {
    var columns = new ArrayList<>(List.of(first));
    for (TokenizerQuality tokenizer : report.tokenizers()) {
      columns.add("#" + tokenizer.name());
      columns.add("# ");
    }
    return columns.toArray(String[]::new);
  }

  private static void row(
      Table table, String name, QualityReport report, ToIntFunction<TokenizerQuality> count) {
    var cells = new ArrayList<Html.Node>(List.of(text(name)));
    for (TokenizerQuality tokenizer : report.tokenizers()) {
      int tokens = count.applyAsInt(tokenizer);
      cells.add(text(Numbers.count(tokens)));
      cells.add(tag("small", Numbers.percent(tokens, tokenizer.vocabularySize())));
    }
    table.row("tr", cells);
  }

  static String name(TokenKind kind) {
    return switch (kind) {
      case ADDED -> "special and reserved";
      case PARTIAL -> "parts of characters";
      case HAN -> "Han";
      case LATIN -> "Latin";
      case OTHER_LETTERS -> "other letters";
      case DIGITS -> "digits";
      case PUNCTUATION -> "marks and symbols";
      case SPACE -> "white space";
      case MIXED -> "mixed";
    };
  }
}
