package io.gristmill.curation.html;

import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * A run of text between two breaks, measured in units in which a Latin letter is 1 and an East
 * Asian character, which says as much as a short word, is 3.
 *
 * @param element the innermost element that is laid out as a block and holds it
 * @param kind what it is a part of
 * @param texts its text nodes, in order
 * @param size units of text
 * @param linked units of text in links to other pages
 * @param stops sentence ends, commas and other marks
 */
record Block(Element element, Kind kind, List<TextNode> texts, int size, int linked, int stops) {
  /** What a block is a part of. */
  enum Kind {
    TEXT,
    HEADING,
    ITEM,
    ROW,
    CODE
  }

  /** The share of the text that is in links. */
  double linkDensity() {
    return size == 0 ? 0 : (double) linked / size;
  }

  /** Whether nearly all of it is in links. */
  boolean isLink() {
    return linkDensity() > 0.85;
  }

  /** Whether it is running text: long enough and with marks, mostly outside of links. */
  boolean isProse() {
    return size >= 50 && stops > 0 && linkDensity() <= 0.5;
  }

  /** How much it speaks for content (positive, units of prose) or for boilerplate around it. */
  double score() {
    double density = linkDensity();
    if (kind == Kind.CODE) {
      return Math.min(size, 500);
    }
    if (density > 0.5) {
      return -10 - 0.4 * Math.min(size, 200);
    }
    if (stops == 0 && size < 80) {
      return switch (kind) {
        case HEADING, ROW -> 0;
        case ITEM -> -2;
        default -> -8;
      };
    }
    double prose = size * (1 - density);
    return stops == 0 ? 0.2 * prose : prose - 10;
  }

  /** The text in one line. */
  String text() {
    StringBuilder text = new StringBuilder(size + 16);
    for (TextNode node : texts) {
      text.append(node.getWholeText());
    }
    return text.toString().replaceAll("[\\s\u00a0\u3000]+", " ").strip();
  }
}
