package io.gristmill.curation.html;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a page says about itself in its head. */
final class Metadata {
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*");
  private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");

  private static final String[] DATES = {
    "meta[property=article:published_time]",
    "meta[itemprop=datePublished]",
    "meta[name=pubdate]",
    "meta[name=publishdate]",
    "meta[name=date]",
    "meta[name=dc.date]",
    "time[itemprop=datePublished]",
    "time[pubdate]"
  };

  private Metadata() {}

  static String title(Document page) {
    String title = attribute(page, "meta[property=og:title]", "content");
    return title.isEmpty() ? page.title().strip() : title;
  }

  static String language(Document page) {
    Element html = page.selectFirst("html");
    String language = html == null ? "" : firstOf(html.attr("lang"), html.attr("xml:lang"));
    language = firstOf(language, attribute(page, "meta[http-equiv=content-language]", "content"));
    return LANGUAGE.matcher(language).matches() ? language.replace('_', '-') : "";
  }

  static String canonicalUrl(Document page) {
    String url = attribute(page, "link[rel=canonical]", "abs:href");
    return firstOf(url, attribute(page, "meta[property=og:url]", "content"));
  }

  static Optional<Instant> published(Document page) {
    for (String selector : DATES) {
      String content = attribute(page, selector, "content");
      Optional<Instant> date = date(firstOf(content, attribute(page, selector, "datetime")));
      if (date.isPresent()) {
        return date;
      }
    }
    return Optional.empty();
  }

  static Optional<Instant> date(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      Matcher day = DATE.matcher(text);
      return day.lookingAt() ? day(day) : Optional.empty();
    }
  }

  private static Optional<Instant> day(Matcher day) {
    try {
      return Optional.of(
          LocalDate.of(
                  Integer.parseInt(day.group(1)),
                  Integer.parseInt(day.group(2)),
                  Integer.parseInt(day.group(3)))
              .atStartOfDay()
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String attribute(Document page, String selector, String name) {
    Element element = page.selectFirst(selector);
    return element == null ? "" : element.attr(name).strip();
  }

  private static String firstOf(String one, String other) {
    return one.isBlank() ? other.strip() : one.strip();
  }
}
