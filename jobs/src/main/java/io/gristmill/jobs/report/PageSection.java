package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.at;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import java.util.Arrays;
import java.util.List;

/**
 * A part of the page under a heading.
 *
 * @param id to link to
 * @param lede what the figures say, in a sentence or two
 * @param body none where the stage did not run: then the lede says so
 */
record PageSection(String id, String title, String lede, List<Html.Node> body) {
  PageSection {
    body = List.copyOf(body);
  }

  static PageSection of(String id, String title, String lede, Html.Node... body) {
    return new PageSection(id, title, lede, Arrays.asList(body));
  }

  /** In place of a section whose files are not there. */
  static PageSection missing(String id, String title, String why) {
    return new PageSection(id, title, why, List.of());
  }

  Html.Node node() {
    return tag(
        body.isEmpty() ? "section.missing" : "section",
        at("id", id),
        tag("h2", title),
        tag("p.lede", lede),
        all(body));
  }

  /** A titled figure; the note says how to read it. */
  static Html.Node figure(String title, String note, Html.Node... content) {
    return tag(
        "figure", tag("figcaption", tag("b", title), text(" "), tag("span", note)), all(content));
  }

  /** What the colours of a figure mean. */
  static Html.Node legend(List<Swatch> swatches) {
    return tag("ul.legend", all(swatches.stream().map(Swatch::node).toList()));
  }

  /**
   * One entry of a legend.
   *
   * @param shape {@code area} or {@code line}
   * @param style as the figure's
   */
  record Swatch(String shape, String style, String name) {
    Html.Node node() {
      String styles = shape + "." + style.replace(' ', '.');
      Html.Node swatch =
          shape.equals("line")
              ? tag(
                  "line.curve." + styles,
                  at("x1", "0"),
                  at("x2", "22"),
                  at("y1", "6"),
                  at("y2", "6"))
              : tag(
                  "rect." + styles,
                  at("x", "5"),
                  at("y", "0"),
                  at("width", "12"),
                  at("height", "12"));
      return tag(
          "li",
          tag("svg", at("width", "22"), at("height", "12"), at("aria-hidden", "true"), swatch),
          text(name));
    }
  }

  /** A language with its tag, in a text. */
  static Html.Node language(String language) {
    String name = Languages.name(language);
    boolean said = name.equals(language) || Languages.attribute(language).equals("und");
    return said ? tag("bdi", name) : all(tag("bdi", name), text(" "), tag("small.tag", language));
  }

  /** A domain with a language, in a text. */
  static Html.Node group(String domain, String language) {
    return domain.isEmpty()
        ? language(language)
        : all(tag("bdi", domain), text(" · "), language(language));
  }

  /** A reason in words: its identifier without underscores. */
  static String words(String reason) {
    return reason.isEmpty() ? "no reason given" : reason.replace('_', ' ');
  }
}
