package io.gristmill.curation.html;

import java.util.IdentityHashMap;
import java.util.List;
import org.jsoup.nodes.Element;

/** Sums over the blocks below each element. */
final class Tally {
  /** The sums of one element. */
  static final class Sums {
    private int size;
    private int linked;
    private int linkBlocks;
    private int proseBlocks;
    private double prose;
    private double score;

    int size() {
      return size;
    }

    /** Units of text that are not in links. */
    int unlinked() {
      return size - linked;
    }

    /** Blocks that are links as a whole. */
    int linkBlocks() {
      return linkBlocks;
    }

    int proseBlocks() {
      return proseBlocks;
    }

    /** What speaks for content. */
    double prose() {
      return prose;
    }

    /** What speaks for content, less what speaks against it. */
    double score() {
      return score;
    }

    private void add(Sums below) {
      size += below.size;
      linked += below.linked;
      linkBlocks += below.linkBlocks;
      proseBlocks += below.proseBlocks;
      prose += below.prose;
      score += below.score;
    }

    private void add(Block block) {
      size += block.size();
      linked += block.linked();
      linkBlocks += block.isLink() && block.size() >= 12 ? 1 : 0;
      proseBlocks += block.isProse() ? 1 : 0;
      prose += Math.max(0, block.score());
      score += block.score();
    }
  }

  private static final Sums NONE = new Sums();

  private final IdentityHashMap<Element, Sums> sums = new IdentityHashMap<>();

  /** Sums over blocks that are below {@code root}. */
  Tally(List<Block> blocks, Element root) {
    for (Block block : blocks) {
      sums.computeIfAbsent(block.element(), e -> new Sums()).add(block);
    }
    for (Element element : root.getAllElements().reversed()) { // each before what it is in
      Sums below = sums.get(element);
      if (below != null && !element.equals(root)) {
        sums.computeIfAbsent(element.parent(), e -> new Sums()).add(below);
      }
    }
  }

  Sums of(Element element) {
    return sums.getOrDefault(element, NONE);
  }
}
