package io.gristmill.curation.html;

import org.jsoup.nodes.Document;

/**
 * The prose of a page of reference documentation: of Javadoc and Scaladoc the descriptions,
 * parameters, results and exceptions in the script that most of them are in, of any other page its
 * main content. Examples of code stay where they belong to a description, except on East Asian
 * pages, whose language they are not in.
 */
final class ReferenceDocs {
  private ReferenceDocs() {}

  static String text(Document page) {
    if (!Scaladoc.isOn(page) && !Javadoc.isOn(page)) {
      return Article.text(page);
    }
    String prose = text(page, new Prose(false));
    MainScript script = MainScript.of(prose);
    return script.only(script == MainScript.OTHER ? text(page, new Prose(true)) : prose);
  }

  private static String text(Document page, Prose prose) {
    if (Scaladoc.isOn(page)) {
      Scaladoc.add(page, prose);
    } else {
      Javadoc.add(page, prose);
    }
    return prose.text();
  }
}
