package io.gristmill.curation.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;

/** The lists of terms below a member of an API: its parameters, results and exceptions. */
final class Notes {
  private enum Kind {
    /** {@code name - what it is}; a name alone says nothing. */
    NAMED,
    /** Prose that needs its label to be understood. */
    LABELLED,
    /** Prose that stands for itself. */
    PLAIN
  }

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("parameters", Kind.NAMED),
          Map.entry("type parameters", Kind.NAMED),
          Map.entry("record components", Kind.NAMED),
          Map.entry("throws", Kind.NAMED),
          Map.entry("exceptions thrown", Kind.NAMED),
          Map.entry("参数", Kind.NAMED),
          Map.entry("类型参数", Kind.NAMED),
          Map.entry("记录组件", Kind.NAMED),
          Map.entry("抛出", Kind.NAMED),
          Map.entry("パラメータ", Kind.NAMED),
          Map.entry("型パラメータ", Kind.NAMED),
          Map.entry("例外", Kind.NAMED),
          Map.entry("returns", Kind.LABELLED),
          Map.entry("返回", Kind.LABELLED),
          Map.entry("戻り値", Kind.LABELLED),
          Map.entry("api note", Kind.PLAIN),
          Map.entry("implementation note", Kind.PLAIN),
          Map.entry("implementation requirements", Kind.PLAIN),
          Map.entry("note", Kind.PLAIN),
          Map.entry("api 说明", Kind.PLAIN),
          Map.entry("api注释", Kind.PLAIN),
          Map.entry("实现注意事项", Kind.PLAIN),
          Map.entry("实现要求", Kind.PLAIN));

  private static final Set<String> ARTICLES = Set.of("the", "a", "an", "of");

  private Notes() {}

  /** Adds the entries of a {@code dl} that are prose; its other entries are references. */
  static void add(Element list, Prose prose) {
    List<String> lines = new ArrayList<>();
    String label = "";
    for (Element child : list.children()) {
      if (child.normalName().equals("dt")) {
        label = label(child);
      } else if (child.normalName().equals("dd")) {
        Kind kind = KINDS.get(label.toLowerCase(Locale.ROOT));
        if (kind != null) {
          add(kind, label, line(child), lines);
        }
      }
    }
    prose.add(lines);
  }

  /** Adds the entries of Scaladoc's list of parameters, whose terms are the names. */
  static void addScala(Element list, Prose prose) {
    List<String> lines = new ArrayList<>();
    String name = "";
    for (Element child : list.children()) {
      if (child.normalName().equals("dt")) {
        name = child.text().strip();
      } else if (name.equals("returns")) {
        add(Kind.LABELLED, "Returns", line(child), lines);
      } else {
        addNamed("Parameters", name, line(child), lines);
      }
    }
    prose.add(lines);
  }

  private static void add(Kind kind, String label, String text, List<String> lines) {
    switch (kind) {
      case NAMED -> {
        int dash = text.indexOf(" - ");
        if (dash > 0) {
          addNamed(label, text.substring(0, dash), text.substring(dash + 3), lines);
        }
      }
      case LABELLED -> {
        if (text.length() > 1 && !text.equals("this")) {
          lines.add(label + (isEastAsian(text) ? "：" : ": ") + text);
        }
      }
      case PLAIN -> lines.add(text);
    }
  }

  /** In East Asian prose the label reads better than a name that is a piece of code. */
  private static void addNamed(String label, String name, String text, List<String> lines) {
    if (text.length() > 1 && !repeats(name, text)) {
      lines.add(isEastAsian(text) && isEastAsian(label) ? label + "：" + text : name + " - " + text);
    }
  }

  /** Whether a text says no more than the name, as the stubs that editors write do. */
  private static boolean repeats(String name, String text) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      if (!word.isEmpty() && !ARTICLES.contains(word) && !letters.contains(word)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEastAsian(String text) {
    return MainScript.of(text) == MainScript.EAST_ASIAN;
  }

  private static String line(Element entry) {
    return Rendering.text(entry, element -> element.normalName().equals("pre"))
        .replaceAll("\\s*\n+\\s*", " ");
  }

  private static String label(Element term) {
    String text = term.text().strip();
    return text.endsWith(":") || text.endsWith("：") ? text.substring(0, text.length() - 1) : text;
  }
}
