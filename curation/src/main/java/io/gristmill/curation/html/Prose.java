package io.gristmill.curation.html;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * Paragraphs of a page of documentation in order, each once: overloaded methods share their
 * descriptions, and documentation tools write the same sentences for all enumerations.
 */
final class Prose {
  private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+\\s+([^{}]*)}");

  /** What the tool itself writes about {@code values()} and {@code valueOf(String)}. */
  private static final Pattern GENERATED =
      Pattern.compile(
          "(?:Returns:? )?(?:an array containing the constants of this enum|the enum constant (?:of this \\w+ )?with the specified name).*|"
              + ".*must match exactly an identifier used to declare an enum constant.*|"
              + "This method may be used to iterate over the constants.*|"
              + "name - the name of the enum constant to be returned\\.?|"
              + "IllegalArgumentException - if this enum \\w+ has no constant with the specified name|"
              + "NullPointerException - if the argument is null|"
              + "for \\(.* c : .*\\.values\\(\\)\\).*|"
              + "(?:返回[：:] ?)?(?:按照声明该枚举类型的常量的顺序|返回(?:带有|具有)指定名称的|(?:带有|具有)指定名称的枚举常量).*|"
              + ".*用于声明(?:该类|此类型中的)枚举常量的标识符.*|该方法可用于(?:按照以下方式)?迭代.*|"
              + "参数：要返回的枚举常量的名称。?|"
              + "抛出：如果该枚举类型没有带有指定名称的常量.*|抛出：如果参数为空值|"
              + "Description copied from (?:class|interface).*|从(?:类|接口)复制的说明.*");

  private final boolean withCode;
  private final Set<String> seen = new HashSet<>();
  private final List<String> paragraphs = new ArrayList<>();

  Prose(boolean withCode) {
    this.withCode = withCode;
  }

  /** Adds the text of an element. */
  void add(Element element) {
    add(element, dropped -> false);
  }

  /** Adds the text of an element, without what is {@code dropped}. */
  void add(Element element, Predicate<Element> dropped) {
    String text = Rendering.text(element, inner -> isDropped(inner) || dropped.test(inner));
    for (String paragraph : text.split("\n\n+")) {
      if (paragraph.lines().noneMatch(line -> GENERATED.matcher(line.strip()).matches())) {
        addParagraph(paragraph);
      }
    }
  }

  /** Adds lines as one paragraph, without those that came before. */
  void add(List<String> lines) {
    addParagraph(
        String.join(
            "\n",
            lines.stream()
                .filter(line -> !GENERATED.matcher(line).matches())
                .filter(seen::add)
                .toList()));
  }

  /** The paragraphs, separated by empty lines. */
  String text() {
    return String.join("\n\n", paragraphs);
  }

  private void addParagraph(String paragraph) {
    String plain = INLINE_TAG.matcher(paragraph).replaceAll("$1").strip();
    if (!plain.isEmpty() && seen.add(plain + "\n")) {
      paragraphs.add(plain);
    }
  }

  private boolean isDropped(Element element) {
    return (!withCode && element.normalName().equals("pre")) || Tags.isHidden(element);
  }
}
