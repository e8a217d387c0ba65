package io.gristmill.curation.html;

import java.util.Set;
import java.util.function.Predicate;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * Renders a tree as text: blocks become paragraphs, list items and table rows lines, white space
 * collapses as in a browser, and {@code pre} keeps its lines. Walks without recursion.
 */
final class Rendering implements NodeFilter {
  private final Predicate<Element> dropped;
  private final Predicate<TextNode> kept;
  private final TextFlow flow = new TextFlow();

  private Rendering(Predicate<Element> dropped, Predicate<TextNode> kept) {
    this.dropped = dropped;
    this.kept = kept;
  }

  /** All visible text below {@code root}. */
  static String text(Element root) {
    return text(root, Tags::isHidden);
  }

  /** The text below {@code root} without the elements that are {@code dropped}. */
  static String text(Element root, Predicate<Element> dropped) {
    return render(root, new Rendering(dropped, text -> true));
  }

  /** The text of those {@code kept} nodes that are below {@code root}. */
  static String text(Element root, Set<TextNode> kept) {
    return render(root, new Rendering(element -> false, kept::contains));
  }

  private static String render(Element root, Rendering rendering) {
    NodeTraversor.filter(rendering, root);
    return rendering.flow.text();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode text) {
      if (kept.test(text)) {
        flow.append(text.getWholeText());
      }
    } else if (node instanceof Element element) {
      if (Tags.isInvisible(element) || dropped.test(element)) {
        return FilterResult.SKIP_ENTIRELY;
      }
      open(element);
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      switch (element.normalName()) {
        case "pre" -> flow.closeVerbatim();
        case "li" -> flow.closeItem();
        default -> breakBlock(element);
      }
    }
    return FilterResult.CONTINUE;
  }

  private void open(Element element) {
    switch (element.normalName()) {
      case "br" -> flow.lineBreak();
      case "li" -> flow.item("- ");
      case "td", "th" -> {
        if (element.previousElementSibling() != null) {
          flow.cell();
        }
      }
      case "pre" -> flow.openVerbatim();
      default -> breakBlock(element);
    }
  }

  private void breakBlock(Element element) {
    if (Tags.isParagraph(element)) {
      flow.paragraph();
    } else if (Tags.isLine(element)) {
      flow.line();
    }
  }
}
