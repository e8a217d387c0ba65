package io.gristmill.curation.html;

import org.jsoup.nodes.Element;

/** Teasers of other pages: a linked headline and a few lines, several of them in a row. */
final class Teasers {
  private static final int LONGEST = 700;
  private static final int FEWEST = 3;

  private Teasers() {}

  /** Whether an element is one of several teasers side by side. */
  static boolean isTeaser(Element element, Tally tally) {
    if (!looksSo(element, tally)) {
      return false;
    }
    int found = 1;
    int seen = 0;
    for (Element next = element.nextElementSibling();
        next != null && found < FEWEST && seen < 8;
        next = next.nextElementSibling(), seen++) {
      found += looksSo(next, tally) ? 1 : 0;
    }
    seen = 0;
    for (Element previous = element.previousElementSibling();
        previous != null && found < FEWEST && seen < 8;
        previous = previous.previousElementSibling(), seen++) {
      found += looksSo(previous, tally) ? 1 : 0;
    }
    return found >= FEWEST;
  }

  private static boolean looksSo(Element element, Tally tally) {
    if (Tags.isInline(element) || Tags.isHeading(element) || element.normalName().equals("p")) {
      return false;
    }
    Tally.Sums sums = tally.of(element);
    return sums.linkBlocks() > 0 && sums.proseBlocks() <= 2 && sums.size() <= LONGEST;
  }
}
