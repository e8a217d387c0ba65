package io.gristmill.curation.html;

import java.time.Instant;
import java.util.Optional;
import org.jsoup.nodes.Document;

/** The text of an HTML page. */
public final class Extraction {
  private Extraction() {}

  /**
   * Extracts what {@code mode} asks for. The work is linear in the page, and bounded.
   *
   * @param html the page, decoded
   * @param url where it was found, for relative links; may be empty
   * @throws PageTooComplexException if the page is larger than {@link Pages#MOST_CHARACTERS} or has
   *     more than {@link Pages#MOST_TAGS} tags
   */
  public static Extracted extract(String html, String url, ExtractionMode mode) {
    Document page = Pages.parse(html, url);
    Formulas.spellOut(page, html);
    String title = Metadata.title(page);
    String language = Metadata.language(page);
    String canonical = Metadata.canonicalUrl(page);
    Optional<Instant> published = Metadata.published(page);
    String robots = Terms.robots(page);
    String licence = Terms.licence(page);
    String text =
        switch (mode) {
          case ARTICLE -> Article.text(page);
          case REFERENCE_DOCS -> ReferenceDocs.text(page);
          case FULL_TEXT -> Rendering.text(page.body());
        };
    return new Extracted(title, text, language, canonical, published, robots, licence);
  }
}
