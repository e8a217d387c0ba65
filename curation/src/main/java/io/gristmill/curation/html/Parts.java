package io.gristmill.curation.html;

import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Which parts of a page are not its content, by what they are called and how they are built. */
final class Parts {
  /** A part with more of the page's prose than this is content, whatever it is called. */
  private static final double MOST_PROSE = 0.5;

  private static final Set<String> KEPT_IN = Set.of("pre", "table", "blockquote");

  private final Tally tally;
  private final double allProse;
  private final IdentityHashMap<Element, Boolean> dropped = new IdentityHashMap<>();

  /**
   * @param tally over all blocks
   * @param article what the page calls the body of its article: neither it nor what it is in is
   *     dropped
   */
  Parts(Tally tally, Element body, Optional<Element> article) {
    this.tally = tally;
    this.allProse = tally.of(body).prose();
    for (Element outer = article.orElse(null); outer != null; outer = outer.parent()) {
      dropped.put(outer, false);
    }
  }

  /** Whether an element, or one that it is in, is dropped. */
  boolean isDropped(Element element) {
    Boolean known = dropped.get(element);
    if (known != null) {
      return known;
    }
    Element parent = element.parent();
    boolean drop = (parent != null && isDropped(parent)) || isDroppedItself(element);
    dropped.put(element, drop);
    return drop;
  }

  private boolean isDroppedItself(Element element) {
    String name = element.normalName();
    if (name.equals("body") || name.equals("html")) {
      return false;
    }
    if (tally.of(element).prose() > MOST_PROSE * allProse) {
      return false;
    }
    if (name.equals("figure") || name.equals("figcaption")) {
      return element.getElementsByTag("table").isEmpty()
          && element.getElementsByTag("pre").isEmpty();
    }
    if (KEPT_IN.contains(name)) {
      return false;
    }
    return Tags.isHidden(element)
        || Boilerplate.isLabelled(element)
        || (Boilerplate.isDoubtful(element) && !hasRunningText(element))
        || Teasers.isTeaser(element, tally);
  }

  private boolean hasRunningText(Element element) {
    return tally.of(element).proseBlocks() > 1
        || (tally.of(element).proseBlocks() > 0
            && !element.getElementsByTag("blockquote").isEmpty());
  }
}
