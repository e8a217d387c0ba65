package io.gristmill.curation.html;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The prose of a page that scaladoc wrote: the comment of the entity and the comments of its own
 * members, each with its parameters and results.
 */
final class Scaladoc {
  private Scaladoc() {}

  /** Whether scaladoc wrote the page. */
  static boolean isOn(Document page) {
    return page.selectFirst("#definition") != null && page.selectFirst("#template") != null;
  }

  static void add(Document page, Prose prose) {
    Element comment = page.selectFirst("#comment");
    if (comment != null) {
      add(comment, prose);
    }
    Element heading = page.selectFirst("#definition h1");
    Element link = heading == null ? null : heading.selectFirst("> a");
    String name = link == null ? (heading == null ? "" : heading.ownText()) : link.text();
    for (Element member : page.select("#template li[name]")) {
      Element described = member.selectFirst("> div.fullcomment");
      if (isOwn(member, name)) {
        add(described == null || described.selectFirst(".cmt") == null ? member : described, prose);
      }
    }
  }

  /** Whether a member is declared here; inherited ones are described where they are declared. */
  private static boolean isOwn(Element member, String name) {
    String qualified = member.attr("name");
    int separator = qualified.indexOf('#');
    if (separator < 0) {
      return false; // another entity, with a page of its own
    }
    String owner = qualified.substring(0, separator);
    return name.isEmpty() || owner.endsWith("." + name) || owner.equals(name);
  }

  private static void add(Element described, Prose prose) {
    Element comment = described.selectFirst("div.comment.cmt");
    if (comment == null) {
      comment = described.selectFirst("p.shortcomment");
    }
    if (comment != null) {
      prose.add(comment);
    }
    for (Element list : described.select("dl.paramcmts, dl.attributes")) {
      if (list.hasClass("paramcmts")) {
        Notes.addScala(list, prose);
      } else {
        Notes.add(list, prose);
      }
    }
  }
}
