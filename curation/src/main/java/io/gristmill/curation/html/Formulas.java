package io.gristmill.curation.html;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * Formulas as TeX in the text around them, {@code $...$} or {@code $$...$$} where they are
 * displayed: of MathML with its TeX beside it or without, of KaTeX, of MathJax 2 and 3, and of the
 * pictures of formulas of Wikipedia and WordPress, whose alternative text is the TeX.
 */
final class Formulas {
  private static final List<String> MARKS =
      List.of("math", "katex", "mjx-container", "class=\"latex\"");

  private static final String SELECTOR =
      "math, span.katex, script[type^=math/tex], span.mwe-math-element, mjx-container, img.latex, "
          + "img[class*=mwe-math-fallback]";

  /** What MathJax 2 draws beside the script that has the TeX. */
  private static final String DRAWN =
      "span.MathJax_Preview, span.MathJax, div.MathJax_Display, span.MathJax_SVG, "
          + "div.MathJax_SVG_Display, span.MathJax_CHTML, span.mjx-chtml";

  private static final Pattern DISPLAY_STYLE =
      Pattern.compile("\\s*\\{\\\\displaystyle\\s*(.*)}\\s*", Pattern.DOTALL);

  private Formulas() {}

  /** Replaces the formulas of a page, if its source {@code html} has any. */
  static void spellOut(Document page, String html) {
    if (MARKS.stream().noneMatch(html::contains)) {
      return;
    }
    for (Element formula : page.select(SELECTOR)) {
      if (page.equals(formula.root())) { // else it was part of one that is replaced
        String tex = tex(formula);
        String marks = isDisplayed(formula) ? "$$" : "$";
        if (formula.normalName().equals("script")) {
          formula.siblingElements().select(DRAWN).remove();
        }
        formula.replaceWith(new TextNode(tex.isEmpty() ? "" : marks + tex + marks));
      }
    }
  }

  private static String tex(Element formula) {
    if (formula.normalName().equals("script")) {
      return cleaned(formula.data());
    }
    if (formula.normalName().equals("img")) {
      return cleaned(formula.attr("alt"));
    }
    Element annotation = formula.selectFirst("annotation[encoding=application/x-tex]");
    if (annotation != null) {
      return cleaned(annotation.wholeText());
    }
    Element math = formula.normalName().equals("math") ? formula : formula.selectFirst("math");
    if (math == null) {
      Element picture = formula.selectFirst("img[alt]");
      return picture == null ? "" : cleaned(picture.attr("alt"));
    }
    return cleaned(math.hasAttr("alttext") ? math.attr("alttext") : ofMathMl(math));
  }

  private static boolean isDisplayed(Element formula) {
    Element math = formula.selectFirst("math[display=block]");
    return math != null
        || formula.attr("type").contains("mode=display")
        || formula.attr("display").equals("true")
        || (formula.parent() != null && formula.parent().hasClass("katex-display"));
  }

  private static String cleaned(String tex) {
    Matcher style = DISPLAY_STYLE.matcher(tex);
    return (style.matches() ? style.group(1) : tex).replaceAll("\\s+", " ").strip();
  }

  /** Scripts, fractions and roots as TeX has them; everything else in a row. */
  private static String ofMathMl(Element element) {
    List<String> parts = element.children().stream().map(Formulas::ofMathMl).toList();
    if (parts.isEmpty()) {
      return element.text().strip();
    }
    String row = String.join(" ", parts);
    return switch (element.normalName()) {
      case "msup", "mover" -> parts.size() == 2 ? parts.get(0) + "^" + group(parts.get(1)) : row;
      case "msub", "munder" -> parts.size() == 2 ? parts.get(0) + "_" + group(parts.get(1)) : row;
      case "msubsup", "munderover" ->
          parts.size() == 3
              ? parts.get(0) + "_" + group(parts.get(1)) + "^" + group(parts.get(2))
              : row;
      case "mfrac" ->
          parts.size() == 2 ? "\\frac{" + parts.get(0) + "}{" + parts.get(1) + "}" : row;
      case "msqrt" -> "\\sqrt{" + row + "}";
      case "semantics" -> parts.get(0);
      default -> row;
    };
  }

  private static String group(String part) {
    return part.length() == 1 ? part : "{" + part + "}";
  }
}
