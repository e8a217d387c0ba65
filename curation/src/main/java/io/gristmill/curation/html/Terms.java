package io.gristmill.curation.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * What a page says may be done with it. These are hints that a rule can ask for; nothing follows
 * from them by itself.
 */
public final class Terms {
  private static final int LONGEST = 500;
  private static final int MOST_JSON = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String[] LICENCES = {
    "link[rel~=(?i)^(license|licence)$][href]",
    "a[rel~=(?i)\\b(license|licence)\\b][href]",
    "meta[name~=(?i)^(dc\\.rights|dcterms\\.rights|dcterms\\.license|dc\\.rights\\.license)$]",
    "a[href*=creativecommons.org/licenses/]",
    "a[href*=creativecommons.org/publicdomain/]"
  };

  private Terms() {}

  /**
   * The directives for robots, lower case, in order and once each: {@code noai, noindex}; {@code
   * tdm-reservation} where text and data mining is reserved (TDM Reservation Protocol, section 5).
   * Empty where there are none.
   */
  static String robots(Document page) {
    Set<String> directives = new TreeSet<>();
    for (Element meta : page.select("meta[name][content]")) {
      String content = meta.attr("content");
      switch (meta.attr("name").strip().toLowerCase(Locale.ROOT)) {
        case "robots" -> add(content, directives);
        case "tdm-reservation" -> {
          if (content.strip().equals("1")) {
            directives.add("tdm-reservation");
          }
        }
        default -> {}
      }
    }
    return String.join(", ", directives);
  }

  /**
   * The same with what an HTTP header says.
   *
   * @param page of the page
   * @param header values of {@code X-Robots-Tag}; directives for one robot alone do not count
   * @param reserved whether the header {@code TDM-Reservation} is 1
   */
  public static String robots(String page, Iterable<String> header, boolean reserved) {
    Set<String> directives = new TreeSet<>();
    add(page, directives);
    for (String value : header) {
      add(value, directives);
    }
    if (reserved) {
      directives.add("tdm-reservation");
    }
    return String.join(", ", directives);
  }

  private static void add(String list, Set<String> directives) {
    boolean everyRobot = true;
    for (String part : list.toLowerCase(Locale.ROOT).split(",", -1)) {
      String directive = part.strip();
      int colon = directive.indexOf(':');
      if (colon > 0 && !isDirective(directive.substring(0, colon).strip())) {
        everyRobot = false; // "googlebot: noindex, nofollow" is for that robot, to the end
      }
      if (everyRobot && !directive.isEmpty() && directive.length() <= LONGEST) {
        directives.add(directive);
      }
    }
  }

  /** Directives that have a value behind a colon. */
  private static boolean isDirective(String name) {
    return switch (name) {
      case "max-snippet", "max-image-preview", "max-video-preview", "unavailable_after" -> true;
      default -> false;
    };
  }

  /**
   * The address or text of the licence that the page names: {@code rel=license}, Dublin Core
   * rights, {@code license} of JSON-LD, or a link to a Creative Commons licence, in that order.
   * Empty where there is none.
   */
  static String licence(Document page) {
    for (int i = 0; i < LICENCES.length; i++) {
      if (i == 3) {
        String named = ofData(page);
        if (!named.isEmpty()) {
          return named;
        }
      }
      Element element = page.selectFirst(LICENCES[i]);
      String licence = element == null ? "" : value(element);
      if (!licence.isEmpty()) {
        return licence;
      }
    }
    return "";
  }

  private static String value(Element element) {
    String address =
        element.absUrl("href").isEmpty() ? element.attr("href") : element.absUrl("href");
    return cut(address.isEmpty() ? element.attr("content") : address);
  }

  private static String ofData(Document page) {
    for (Element script : page.select("script[type=application/ld+json]")) {
      String data = script.data();
      if (data.length() > MOST_JSON || !data.contains("\"license\"")) {
        continue;
      }
      try {
        JsonNode licence = JSON.readTree(data).findValue("license");
        String named = licence == null ? "" : text(licence);
        if (!named.isEmpty()) {
          return named;
        }
      } catch (JsonProcessingException e) {
        // pages hold much that is almost JSON: the next may be
      }
    }
    return "";
  }

  private static String text(JsonNode licence) {
    JsonNode one = licence.isArray() && !licence.isEmpty() ? licence.get(0) : licence;
    if (one.isObject()) {
      JsonNode named = one.has("@id") ? one.get("@id") : one.path("url");
      return cut(named.asText(""));
    }
    return cut(one.asText(""));
  }

  private static String cut(String text) {
    String stripped = text.strip();
    return stripped.length() > LONGEST ? stripped.substring(0, LONGEST) : stripped;
  }
}
