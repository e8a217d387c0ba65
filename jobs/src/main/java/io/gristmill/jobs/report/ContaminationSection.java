package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.at;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.report.data.Contaminations;
import io.gristmill.jobs.report.data.Contaminations.EvaluationSet;
import io.gristmill.jobs.report.data.Contaminations.Hit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What evaluation sets took away: the account of each set, and some hits with both texts. */
final class ContaminationSection {
  private static final int MOST_CHARACTERS = 360;

  private ContaminationSection() {}

  static PageSection of(Contaminations contaminations) {
    String title = "Evaluation sets in the documents";
    List<EvaluationSet> sets = contaminations.sets();
    if (sets.isEmpty()) {
      return PageSection.missing(
          "contamination", title, "Not in this run: curate.decontamination names no evaluations.");
    }
    return PageSection.of(
        "contamination",
        title,
        lede(sets),
        table(sets),
        tag("div.cards", all(contaminations.hits().stream().map(hit -> card(hit)).toList())));
  }

  private static String lede(List<EvaluationSet> sets) {
    long documents = sets.stream().mapToLong(EvaluationSet::documents).sum();
    long found = sets.stream().mapToLong(EvaluationSet::found).sum();
    long items = sets.stream().mapToLong(EvaluationSet::items).sum();
    long unchecked = items - sets.stream().mapToLong(EvaluationSet::checked).sum();
    return "%s documents went, for they hold items of evaluation sets: %s of %s items were found. %s items identify no text and could not be checked."
        .formatted(
            Numbers.count(documents),
            Numbers.count(found),
            Numbers.count(items),
            Numbers.count(unchecked));
  }

  private static Html.Node table(List<EvaluationSet> sets) {
    var table =
        new Table("set", "#items", "#checked", "not checked, why", "#items found", "#documents");
    for (EvaluationSet set : sets) {
      table.row(
          tag("bdi", set.name()),
          text(Numbers.count(set.items())),
          text(Numbers.count(set.checked())),
          text(reasons(set.uncheckable())),
          text(Numbers.count(set.found())),
          text(Numbers.count(set.documents())));
    }
    return table.node();
  }

  private static String reasons(Map<String, Long> uncheckable) {
    return uncheckable.entrySet().stream()
        .map(
            reason ->
                "%s %s"
                    .formatted(
                        Numbers.count(reason.getValue()), PageSection.words(reason.getKey())))
        .collect(Collectors.joining(", "));
  }

  private static Html.Node card(Hit hit) {
    String more = hit.items() == 1 ? "" : ", one of %s items".formatted(Numbers.count(hit.items()));
    return tag(
        "article.hue-all",
        tag(
            "p.why",
            tag("b", tag("bdi", hit.set())),
            text(" "),
            tag(
                "span.signal",
                "%s ≥ %s"
                    .formatted(Numbers.measure(hit.score()), Numbers.measure(hit.threshold()))),
            tag("small", more)),
        tag("p.text", at("dir", "auto"), text(Excerpt.of(hit.passage(), MOST_CHARACTERS))),
        tag(
            "div.survivor",
            tag("small", tag("bdi", "The item: " + hit.item())),
            tag("p.text", at("dir", "auto"), text(Excerpt.of(hit.itemText(), MOST_CHARACTERS)))),
        tag("p.measures", tag("bdi", hit.id())));
  }
}
