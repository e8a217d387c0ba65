package io.gristmill.jobs.report;

import java.util.Comparator;
import java.util.Map;

/**
 * How languages are named and coloured: the same on every figure, so that colour means language.
 */
final class Languages {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("en", "English"),
          Map.entry("zh", "Chinese"),
          Map.entry("zh-Hans", "Simplified Chinese"),
          Map.entry("zh-Hant", "Traditional Chinese"),
          Map.entry("yue", "Cantonese"),
          Map.entry("ja", "Japanese"),
          Map.entry("ko", "Korean"),
          Map.entry("de", "German"),
          Map.entry("fr", "French"),
          Map.entry("es", "Spanish"),
          Map.entry("ru", "Russian"),
          Map.entry("mul", "mixed"),
          Map.entry("und", "undetermined"),
          Map.entry("", "undetermined"),
          Map.entry("*", "all languages"));

  private static final Map<String, String> HUES =
      Map.of(
          "en",
          "hue-en",
          "zh",
          "hue-zh",
          "zh-Hans",
          "hue-zh",
          "zh-Hant",
          "hue-hant",
          "ja",
          "hue-ja",
          "ko",
          "hue-ko",
          "yue",
          "hue-yue");

  /** The colour of all other languages, and of records whose language nobody looked at. */
  static final String OTHER = "hue-other";

  /** Languages with a colour of their own first, then by tag. */
  static final Comparator<String> ORDER =
      Comparator.<String>comparingInt(tag -> hue(tag).equals(OTHER) ? 1 : 0)
          .thenComparing(Comparator.naturalOrder());

  private Languages() {}

  /**
   * The English name, or the tag itself; of a pattern such as {@code zh*}, of what it begins with.
   */
  static String name(String tag) {
    return NAMES.getOrDefault(tag, NAMES.getOrDefault(stem(tag), tag));
  }

  /** The class that sets the colour; languages beyond the first few share one. */
  static String hue(String tag) {
    return HUES.getOrDefault(stem(tag), OTHER);
  }

  private static String stem(String tag) {
    return tag.length() > 1 && tag.endsWith("*") ? tag.substring(0, tag.length() - 1) : tag;
  }

  /** What a {@code lang} attribute says, so that a browser picks the right glyphs. */
  static String attribute(String tag) {
    return switch (tag) {
      case "", "mul", "und", "*" -> "und";
      case "zh" -> "zh-Hans";
      default -> tag.matches("[A-Za-z0-9-]{2,35}") ? tag : "und";
    };
  }

  /** Whether a generation in this language is judged by its share of Han characters. */
  static boolean han(String tag) {
    return tag.startsWith("zh") || tag.equals("yue");
  }
}
