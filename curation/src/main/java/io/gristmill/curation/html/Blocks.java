package io.gristmill.curation.html;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/** Collects the visible blocks of text below an element. */
final class Blocks implements NodeFilter {
  private static final String STOPS = ".,;:!?。，、；：！？…”\"";

  private final List<Block> blocks = new ArrayList<>();
  private final List<Element> open = new ArrayList<>();
  private List<TextNode> texts = new ArrayList<>();
  private int links;
  private int rows;
  private int items;
  private int verbatim;
  private int size;
  private int linked;
  private int stops;
  private boolean space;

  private Blocks() {}

  /** The blocks below {@code root}, in page order. */
  static List<Block> below(Element root) {
    Blocks blocks = new Blocks();
    blocks.open.add(root);
    NodeTraversor.filter(blocks, root);
    blocks.end();
    return blocks.blocks;
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode text) {
      append(text);
    } else if (node instanceof Element element) {
      if (Tags.isInvisible(element)) {
        return FilterResult.SKIP_ENTIRELY;
      }
      if (leadsAway(element)) {
        links++;
      } else if (!Tags.isInline(element)) {
        end();
        open.add(element);
        count(element, 1);
      } else if (element.normalName().equals("br") && verbatim == 0) {
        end();
      }
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      if (leadsAway(element)) {
        links--;
      } else if (!Tags.isInline(element)) {
        end();
        open.removeLast();
        count(element, -1);
      }
    }
    return FilterResult.CONTINUE;
  }

  private void count(Element element, int by) {
    switch (element.normalName()) {
      case "li", "dt", "dd" -> items += by;
      case "tr" -> rows += by;
      case "pre" -> verbatim += by;
      default -> {}
    }
  }

  /** Whether it is a link to another page, not to a place in this one. */
  private static boolean leadsAway(Element element) {
    return element.normalName().equals("a")
        && element.hasAttr("href")
        && !element.attr("href").startsWith("#");
  }

  private void append(TextNode node) {
    String text = node.getWholeText();
    int before = size;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '\u00a0' || c == '\u3000') {
        space = size > 0;
        continue;
      }
      size += (space ? 1 : 0) + (c >= '\u2e80' ? 3 : 1);
      space = false;
      if (STOPS.indexOf(c) >= 0) {
        stops++;
      }
    }
    if (links > 0) {
      linked += size - before;
    }
    texts.add(node);
  }

  private void end() {
    if (size > 0) {
      blocks.add(new Block(open.getLast(), kind(), texts, size, linked, stops));
    }
    texts = new ArrayList<>();
    size = 0;
    linked = 0;
    stops = 0;
    space = false;
  }

  private Block.Kind kind() {
    Element element = open.getLast();
    if (verbatim > 0) {
      return Block.Kind.CODE;
    }
    if (Tags.isHeading(element)) {
      return Block.Kind.HEADING;
    }
    if (element.normalName().equals("tr") && rows > 0) {
      return Block.Kind.ROW;
    }
    return items > 0 ? Block.Kind.ITEM : Block.Kind.TEXT;
  }
}
