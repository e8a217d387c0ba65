package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.at;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.report.data.Sample;
import java.util.ArrayList;
import java.util.List;

/** Documents as they are, by what became of them and why. */
final class SamplesSection {
  private static final int MOST_CHARACTERS = 360;
  private static final int SURVIVOR_CHARACTERS = 160;

  private SamplesSection() {}

  static PageSection of(List<Sample> samples) {
    String title = "Samples";
    if (samples.isEmpty()) {
      return PageSection.missing("samples", title, "Not in this run: no documents.");
    }
    return PageSection.of(
        "samples",
        title,
        "Drawn by the hash of their id, not by eye: a few for each language and reason.",
        outcome(samples, "kept", "Kept"),
        outcome(samples, "rejected", "Rejected"),
        outcome(samples, "failed", "Unreadable"));
  }

  private static Html.Node outcome(List<Sample> samples, String outcome, String title) {
    List<Sample> chosen =
        samples.stream().filter(sample -> sample.outcome().equals(outcome)).toList();
    return chosen.isEmpty()
        ? all()
        : all(
            tag("h3", title),
            tag("div.cards", all(chosen.stream().map(SamplesSection::card).toList())));
  }

  private static Html.Node card(Sample sample) {
    return tag(
        "article." + Languages.hue(sample.language()),
        tag("p.why", why(sample)),
        sample.title().isBlank()
            ? all()
            : tag(
                "p.title",
                at("lang", Languages.attribute(sample.language())),
                at("dir", "auto"),
                text(Excerpt.of(sample.title(), 120))),
        body(sample),
        survivor(sample),
        tag("p.measures", tag("bdi", origin(sample))));
  }

  private static Html.Node why(Sample sample) {
    Html.Node group = PageSection.group(sample.domain(), sample.language());
    if (sample.outcome().equals("kept")) {
      return group;
    }
    Html.Node measured = sample.signal().isEmpty() ? all() : tag("span.signal", comparison(sample));
    return all(
        tag("b", tag("bdi", PageSection.words(sample.reason()))),
        text(" "),
        measured,
        tag("br"),
        group,
        tag("small", ", one of " + Numbers.count(sample.group())));
  }

  /**
   * {@code mean word length 12.3 > 10}: what was measured, and on which side of which threshold;
   * the name is left out where the reason says the same.
   */
  private static String comparison(Sample sample) {
    String name =
        sample.signal().equals(sample.reason()) ? "" : PageSection.words(sample.signal()) + " ";
    String threshold =
        Double.isFinite(sample.threshold())
            ? (sample.value() < sample.threshold() ? " < " : " > ")
                + Numbers.measure(sample.threshold())
            : "";
    return name + Numbers.measure(sample.value()) + threshold;
  }

  private static Html.Node body(Sample sample) {
    if (!sample.detail().isBlank() && sample.text().isBlank()) {
      return tag("p.detail", at("dir", "auto"), text(Excerpt.of(sample.detail(), MOST_CHARACTERS)));
    }
    if (sample.text().isBlank()) {
      return tag("p.empty", "Its text was not kept.");
    }
    return tag(
        "p.text",
        at("lang", Languages.attribute(sample.language())),
        at("dir", "auto"),
        text(Excerpt.of(sample.text(), MOST_CHARACTERS)));
  }

  private static Html.Node survivor(Sample sample) {
    if (sample.survivorId().isEmpty()) {
      return all();
    }
    String similar =
        Double.isFinite(sample.similarity())
            ? ", similarity " + Numbers.fixed(sample.similarity(), 2)
            : "";
    return tag(
        "div.survivor",
        tag("small", "Stays in its place: " + sample.survivorId() + similar),
        sample.survivorText().isBlank()
            ? all()
            : tag(
                "p.text",
                at("lang", Languages.attribute(sample.language())),
                at("dir", "auto"),
                text(Excerpt.of(sample.survivorText(), SURVIVOR_CHARACTERS))));
  }

  private static String origin(Sample sample) {
    var parts = new ArrayList<String>();
    if (sample.characters() > 0) {
      parts.add(Numbers.count(sample.characters()) + " characters");
    }
    parts.add(sample.source());
    if (!sample.url().isEmpty()) {
      parts.add(sample.url());
    }
    parts.add(sample.id());
    return String.join(" · ", parts.stream().filter(part -> !part.isEmpty()).toList());
  }
}
