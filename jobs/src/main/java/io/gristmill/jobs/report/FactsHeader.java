package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.ReportPage.fact;

import io.gristmill.jobs.report.data.Corpus;
import io.gristmill.jobs.report.data.Funnel;
import io.gristmill.jobs.report.data.History;
import io.gristmill.jobs.report.data.ReportData;
import io.gristmill.jobs.report.data.Scores.Score;
import java.util.ArrayList;
import java.util.List;

/** The run in a row of large numbers, in the order of the stages. */
final class FactsHeader {
  private FactsHeader() {}

  static Html.Node node(ReportData data) {
    var facts = new ArrayList<Html.Node>();
    curation(data.funnel(), facts);
    tokenization(data, facts);
    training(data.history(), facts);
    for (Score score : data.scores().languages()) {
      if (score.comparable()) {
        facts.add(score(score));
      }
    }
    return facts.isEmpty()
        ? tag("p.lede", "Nothing to show yet: no stage of this run has written its files.")
        : tag("ul.facts", all(facts));
  }

  private static void curation(Funnel funnel, List<Html.Node> facts) {
    if (funnel.isEmpty()) {
      return;
    }
    long read = funnel.bytes().read();
    facts.add(
        fact(
            Numbers.count(funnel.in()),
            "records in",
            read > 0 ? Numbers.bytes(read) + " read" : ""));
    facts.add(
        fact(
            Numbers.count(funnel.kept()),
            "documents kept",
            Numbers.percent(funnel.kept(), funnel.in()) + " of the records"));
  }

  private static void tokenization(ReportData data, List<Html.Node> facts) {
    Corpus corpus = data.corpus();
    long vocabulary = Math.max(corpus.vocabularySize(), data.tokenizer().vocabularySize());
    if (vocabulary > 0) {
      facts.add(fact(Numbers.count(vocabulary), "tokens in the vocabulary", "byte-level BPE"));
    }
    if (!corpus.isEmpty()) {
      long tokens = corpus.groups().stream().mapToLong(Corpus.Group::tokens).sum();
      facts.add(
          fact(
              Numbers.brief(corpus.trainingTokens()),
              "tokens to train on",
              Numbers.brief(tokens - corpus.trainingTokens()) + " more held out"));
    }
  }

  private static void training(History history, List<Html.Node> facts) {
    if (history.setup().parameters() > 0) {
      facts.add(fact(Numbers.brief(history.setup().parameters()), "parameters", "of the model"));
    }
    if (history.steps().isEmpty()) {
      return;
    }
    History.Step last = history.steps().getLast();
    double speed = TrainingSection.median(history, History.Step::tokensPerSecond);
    facts.add(
        fact(
            Numbers.brief(last.tokens()),
            "tokens trained",
            Numbers.count(last.step())
                + " steps"
                + (Double.isFinite(speed)
                    ? ", " + "median " + Numbers.brief(speed) + " tokens/s"
                    : "")));
  }

  private static Html.Node score(Score score) {
    return fact(
        Numbers.fixed(score.model().natsPerToken(), 3),
        "best held-out loss, " + Languages.name(score.language()),
        "bigram "
            + Numbers.fixed(score.bigram().natsPerToken(), 3)
            + (score.belowBigram() ? ": beaten" : ": not beaten"));
  }
}
