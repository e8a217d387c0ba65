package io.gristmill.jobs.report;

import java.util.Set;

/**
 * Writes {@link Html} so that HTML and XML parsers read the same page. Every text is escaped here
 * and nowhere else: the five characters of mark-up become references; what XML forbids or a browser
 * would swallow becomes visible (control characters as control pictures, lone surrogates and
 * noncharacters as U+FFFD).
 */
final class HtmlWriter {
  private static final Set<String> VOID = Set.of("meta", "br", "hr", "col");

  /** A line ends after these, to keep the page readable as text. */
  private static final Set<String> LINES =
      Set.of(
          "article",
          "body",
          "div",
          "figcaption",
          "figure",
          "g",
          "h1",
          "h2",
          "h3",
          "head",
          "header",
          "li",
          "meta",
          "nav",
          "ol",
          "p",
          "script",
          "section",
          "style",
          "svg",
          "table",
          "tbody",
          "thead",
          "title",
          "tr",
          "ul");

  private final StringBuilder out = new StringBuilder();

  private HtmlWriter() {}

  /** The whole page, from its document type on. */
  static String page(Html.Element root) {
    var writer = new HtmlWriter();
    writer.out.append("<!DOCTYPE html>\n");
    writer.node(root);
    return writer.out.append('\n').toString();
  }

  /** One node alone. */
  static String write(Html.Node node) {
    var writer = new HtmlWriter();
    writer.node(node);
    return writer.out.toString();
  }

  private void node(Html.Node node) {
    switch (node) {
      case Html.Element element -> element(element);
      case Html.Text text -> escape(text.characters());
      case Html.Fragment fragment -> fragment.nodes().forEach(this::node);
      case Html.Asset asset -> out.append(asset.source());
    }
  }

  private void element(Html.Element element) {
    out.append('<').append(element.name());
    for (Html.Attribute attribute : element.attributes()) {
      out.append(' ').append(attribute.name()).append("=\"");
      escape(attribute.value());
      out.append('"');
    }
    if (VOID.contains(element.name())) {
      out.append("/>");
    } else {
      out.append('>');
      element.children().forEach(this::node);
      out.append("</").append(element.name()).append('>');
    }
    if (LINES.contains(element.name())) {
      out.append('\n');
    }
  }

  private void escape(String text) {
    text.codePoints().forEach(this::escape);
  }

  private void escape(int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '\t', '\n' -> out.append((char) c);
      default -> out.appendCodePoint(visible(c));
    }
  }

  private static int visible(int c) {
    if (c < 0x20) {
      return 0x2400 + c; // U+2400..U+241F: pictures of the controls
    }
    boolean control = c >= 0x7f && c <= 0x9f;
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean noncharacter = (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
    return control || surrogate || noncharacter ? 0xfffd : c;
  }
}
