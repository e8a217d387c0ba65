package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.at;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.report.data.ReportData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The report as a page: the same figures give the same bytes. */
public final class ReportPage {
  private ReportPage() {}

  /** HTML that is well-formed XML too, with its style sheet, drawings and script inside. */
  public static String render(ReportData data) {
    List<PageSection> sections =
        List.of(
            FunnelSection.of(data.funnel()),
            DistributionsSection.of(data.distributions()),
            ContaminationSection.of(data.contaminations()),
            ClusterSection.of(data.funnel(), data.skew()),
            TokensSection.of(data.corpus(), data.tokenizer()),
            MixtureSection.of(data.blend(), data.history()),
            TrainingSection.of(data.history()),
            ValidationSection.of(data.history(), data.scores()),
            EvaluationSection.of(data.scores()),
            GenerationsSection.of(data.generations()),
            SamplesSection.of(data.samples()));
    return page(
        "run",
        data.name(),
        FactsHeader.node(data),
        data.notes().stream().map(note -> (Html.Node) tag("p.note", note)).toList(),
        sections,
        footer(data));
  }

  /**
   * A page of ours from its parts.
   *
   * @param kind what it tells of: a run, a tokenizer, a plan
   * @param name of the run
   * @param facts in large, below the name
   * @param notes before the sections
   * @param footer after them
   */
  static String page(
      String kind,
      String name,
      Html.Node facts,
      List<Html.Node> notes,
      List<PageSection> sections,
      Html.Node footer) {
    return HtmlWriter.page(
        tag(
            "html",
            at("lang", "en"),
            head("%s · Gristmill %s".formatted(name, kind)),
            tag(
                "body",
                tag(
                    "header",
                    tag("p.kicker", "Gristmill " + kind),
                    tag("h1", tag("bdi", name)),
                    facts,
                    tag("nav", all(sections.stream().map(ReportPage::link).toList()))),
                all(notes),
                all(sections.stream().map(PageSection::node).toList()),
                footer,
                tag("script", asset("report.js")))));
  }

  /** One of the facts: a large value, what it counts, and a remark. */
  static Html.Node fact(String value, String label, String note) {
    return tag("li", tag("b", value), tag("span", label), tag("small", note));
  }

  /** The head of a page, its style sheet inside. */
  private static Html.Node head(String title) {
    return tag(
        "head",
        tag("meta", at("charset", "utf-8")),
        tag("meta", at("name", "viewport"), at("content", "width=device-width, initial-scale=1")),
        tag("meta", at("name", "color-scheme"), at("content", "light dark")),
        tag("title", title),
        tag("style", asset("report.css")));
  }

  private static Html.Node link(PageSection section) {
    return all(
        tag(
            section.body().isEmpty() ? "a.missing" : "a",
            at("href", "#" + section.id()),
            text(section.title())),
        text("\n"));
  }

  private static Html.Node footer(ReportData data) {
    String tokenizer = data.corpus().tokenizerSha256();
    return tag(
        "footer",
        tokenizer.isEmpty() ? all() : tag("p", text("Tokenizer SHA-256 "), tag("code", tokenizer)),
        tag(
            "p",
            "Counts are read from the run's own files; nothing on this page is fetched from"
                + " elsewhere."));
  }

  /** A file beside this class. */
  private static Html.Asset asset(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "%s is missing beside %s; build the jar again".formatted(name, ReportPage.class));
      }
      return new Html.Asset(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
