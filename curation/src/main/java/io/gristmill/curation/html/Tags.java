package io.gristmill.curation.html;

import java.util.Set;
import org.jsoup.nodes.Element;

/** How elements are laid out by a browser, as far as text is concerned. */
final class Tags {
  private static final Set<String> INVISIBLE =
      Set.of(
          "script",
          "style",
          "noscript",
          "template",
          "head",
          "title",
          "iframe",
          "object",
          "embed",
          "applet",
          "frameset",
          "svg",
          "canvas",
          "audio",
          "video",
          "map",
          "button",
          "select",
          "input",
          "textarea",
          "datalist",
          "dialog",
          "progress",
          "meter",
          "rp",
          "rt");

  private static final Set<String> PARAGRAPHS =
      Set.of(
          "p",
          "div",
          "section",
          "article",
          "main",
          "header",
          "footer",
          "nav",
          "aside",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "ul",
          "ol",
          "dl",
          "table",
          "pre",
          "blockquote",
          "figure",
          "figcaption",
          "address",
          "form",
          "fieldset",
          "hr",
          "details",
          "summary",
          "hgroup",
          "center",
          "body",
          "caption",
          "dir",
          "menu",
          "noframes",
          "legend",
          "optgroup",
          "search");

  private static final Set<String> LINES =
      Set.of("li", "dt", "dd", "tr", "option", "thead", "tbody", "tfoot");

  private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "h4", "h5", "h6");

  private Tags() {}

  /** Whether a browser shows nothing of it. */
  static boolean isInvisible(Element element) {
    return INVISIBLE.contains(element.normalName());
  }

  /** Whether the page hides it, at least until a script shows it. */
  static boolean isHidden(Element element) {
    if (element.attributesSize() == 0) {
      return false;
    }
    String style = element.attr("style");
    return element.hasAttr("hidden")
        || (!style.isEmpty() && Hidden.byStyle(style))
        || element.attr("aria-hidden").equals("true");
  }

  /** Whether its text stands apart from what is around it by more than a line. */
  static boolean isParagraph(Element element) {
    return PARAGRAPHS.contains(element.normalName());
  }

  /** Whether its text has a line of its own. */
  static boolean isLine(Element element) {
    return LINES.contains(element.normalName());
  }

  /** Whether its text flows on in the line around it. */
  static boolean isInline(Element element) {
    return !isParagraph(element) && !isLine(element);
  }

  static boolean isHeading(Element element) {
    return HEADINGS.contains(element.normalName());
  }
}
