package io.gristmill.curation.html;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/** Parses pages into trees of bounded size and depth. */
final class Pages {
  /** A page of more characters is not read: the Common Crawl cuts pages at 5 MB. */
  static final int MOST_CHARACTERS = 24 << 20;

  /** A page of more tags is not read: each takes some 200 bytes in memory. */
  static final int MOST_TAGS = 500_000;

  private static final int DEEPEST = 256;

  private Pages() {}

  static Document parse(String html, String url) {
    if (html.length() > MOST_CHARACTERS) {
      throw new PageTooComplexException(
          "the page has %d characters, more than %d".formatted(html.length(), MOST_CHARACTERS));
    }
    int tags = 0;
    for (int at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
      tags++;
    }
    if (tags > MOST_TAGS) {
      throw new PageTooComplexException(
          "the page has %d tags, more than %d".formatted(tags, MOST_TAGS));
    }
    Parser parser = Parser.htmlParser().setMaxDepth(DEEPEST);
    return Jsoup.parse(html, url, parser);
  }
}
