package io.gristmill.curation.html;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * The main content of a page: the subtree that holds the most prose and the least boilerplate, less
 * the boilerplate in it. Prose is told from boilerplate by its length, its punctuation and its
 * links, and by what the page calls its parts.
 */
final class Article {
  private static final Pattern BODY_NAMES =
      Pattern.compile(
          "(?i)(?:^|[-_ ])(?:article|story|post|entry|news|content|main)[-_]?(?:body|content|text|detail|copy)(?:$|[-_ ])");

  /**
   * A part that is called the article's body is it, if it has this share of the best part's prose.
   */
  private static final double NEARLY = 0.4;

  /** Units of prose that a part called the article's body has at least. */
  private static final double FEWEST = 100;

  /** A block that comes again is a caption or a teaser from this size on. */
  private static final int REPEATED = 80;

  /** Units of text in a title or a line under it. */
  private static final int LONGEST_HEAD = 240;

  private static final Pattern DATE =
      Pattern.compile(
          "(?:19|20)\\d{2}\\s*[-/.年]\\s*\\d{1,2}\\s*[-/.月]\\s*\\d{1,2}|\\d{1,2}:\\d{2}");

  /** Units of text in a page in which nothing can be told from anything else. */
  private static final int TINY = 300;

  private Article() {}

  static String text(Document page) {
    Element body = page.body();
    List<Block> all = Blocks.below(body);
    Tally tally = new Tally(all, body);
    Optional<Element> named = named(body, tally);
    Parts parts = new Parts(tally, body, named);
    List<Block> kept = all.stream().filter(block -> !parts.isDropped(block.element())).toList();
    Element root = root(body, named, new Tally(kept, body));
    Set<Element> below = Collections.newSetFromMap(new IdentityHashMap<>());
    below.addAll(root.getAllElements());
    List<Block> inside = kept.stream().filter(block -> below.contains(block.element())).toList();
    return Rendering.text(root, texts(trimmed(inside, page.title())));
  }

  /** The part with the most prose among those that are called the body of an article. */
  private static Optional<Element> named(Element body, Tally tally) {
    Element best = body;
    double most = FEWEST;
    for (Element element : body.getAllElements()) {
      if (tally.of(element).prose() > most && isNamedBody(element)) {
        best = element;
        most = tally.of(element).prose();
      }
    }
    return best.equals(body) ? Optional.empty() : Optional.of(best);
  }

  /** The subtree with the highest sum of scores, or what is called the article's body. */
  private static Element root(Element body, Optional<Element> named, Tally tally) {
    Element best = body;
    double most = 0;
    for (Element element : body.getAllElements()) {
      double score = tally.of(element).score();
      if (score > most || (score == most && best.equals(element.parent()))) {
        best = element;
        most = score;
      }
    }
    double needed = NEARLY * tally.of(best).prose();
    return named.filter(element -> tally.of(element).prose() > needed).orElse(best);
  }

  private static boolean isNamedBody(Element element) {
    return element.attributesSize() > 0
        && !element.normalName().equals("p")
        && (element.attr("itemprop").equals("articleBody")
            || BODY_NAMES.matcher(element.className()).find()
            || BODY_NAMES.matcher(element.id()).find());
  }

  /** Without what stands around the prose, and without lines in it that are boilerplate. */
  private static List<Block> trimmed(List<Block> blocks, String title) {
    Set<String> seen = new HashSet<>();
    List<Block> sound =
        blocks.stream()
            .filter(block -> !block.isLink() || block.kind() == Block.Kind.CODE)
            .filter(block -> !Boilerplate.isLine(block.text()))
            .filter(block -> !isRepeatable(block) || seen.add(block.text()))
            .toList();
    if (sound.stream().noneMatch(Article::isContent)) {
      return sound.stream().mapToInt(Block::size).sum() < TINY ? sound : List.of();
    }
    int first = 0;
    while (first < sound.size()
        && (!isContent(sound.get(first)) || isHead(sound.get(first), title))) {
      first++;
    }
    int last = sound.size();
    while (last > first && !isContent(sound.get(last - 1))) {
      last--;
    }
    if (first > 0 && first < last && isSectionHeading(sound.get(first - 1), title)) {
      first--;
    }
    return sound.subList(first, last);
  }

  /** The title again, or a line with the date of the page. */
  private static boolean isHead(Block block, String title) {
    if (block.kind() == Block.Kind.CODE || block.size() > LONGEST_HEAD) {
      return false;
    }
    String text = block.text();
    return (!title.isEmpty() && (title.contains(text) || text.equals(title)))
        || (DATE.matcher(text).find() && block.size() < LONGEST_HEAD / 2);
  }

  private static boolean isRepeatable(Block block) {
    return block.size() >= REPEATED && !block.element().normalName().equals("p");
  }

  private static boolean isContent(Block block) {
    return block.isProse()
        || block.kind() == Block.Kind.CODE
        || block.kind() == Block.Kind.ROW
        || (block.element().normalName().equals("p") && block.stops() > 0 && block.size() >= 25);
  }

  private static boolean isSectionHeading(Block block, String title) {
    return block.kind() == Block.Kind.HEADING
        && !block.element().normalName().equals("h1")
        && !title.contains(block.text());
  }

  private static Set<TextNode> texts(List<Block> blocks) {
    Set<TextNode> texts = Collections.newSetFromMap(new IdentityHashMap<>());
    blocks.forEach(block -> texts.addAll(block.texts()));
    return texts;
  }
}
